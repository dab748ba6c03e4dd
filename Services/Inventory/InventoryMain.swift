@main
struct InventoryMain {
    static func main() async throws {}
}
