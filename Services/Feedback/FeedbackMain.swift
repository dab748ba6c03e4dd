@main
struct FeedbackMain {
    static func main() async throws {}
}
