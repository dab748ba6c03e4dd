import ServiceKit

@main
struct FieldServiceMain {
    static func main() async {
        await ServiceRunner.main(.fieldService) { try FieldServiceApp.definition($0) }
    }
}
