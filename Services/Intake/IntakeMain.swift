@main
struct IntakeMain {
    static func main() async throws {}
}
