import ServiceKit

@main
struct InventoryMain {
    static func main() async {
        await ServiceRunner.main(.inventory) { _ in try InventoryApp.definition() }
    }
}
