import ServiceKit

@main
struct FeedbackMain {
    static func main() async {
        await ServiceRunner.main(.feedback) { try FeedbackApp.definition($0) }
    }
}
