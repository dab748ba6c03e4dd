import ServiceKit

@main
struct DispatchMain {
    static func main() async {
        await ServiceRunner.main(.dispatch) {
            try DispatchApp.definition(DispatchSettings($0), travel: TravelProvider(settings: Settings()))
        }
    }
}
