@main
struct DispatchMain {
    static func main() async throws {}
}
