@main
struct FieldServiceMain {
    static func main() async throws {}
}
