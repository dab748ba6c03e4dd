@main
struct BillingMain {
    static func main() async throws {}
}
