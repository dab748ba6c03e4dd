import ServiceKit

@main
struct IntakeMain {
    static func main() async {
        await ServiceRunner.main(.intake) { try IntakeApp.definition($0) }
    }
}
