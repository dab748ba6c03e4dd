import ServiceKit

@main
struct DispatchMain {
    static func main() async {
        await ServiceRunner.main(.dispatch) {
            try DispatchApp.definition(
                linkSecret: $0.linkSecret, travel: try TravelProvider(settings: Settings()))
        }
    }
}
