import ServiceKit

@main
struct BillingMain {
    static func main() async {
        await ServiceRunner.main(.billing) { try BillingApp.definition($0) }
    }
}
