import ServiceKit

/// What dispatch reads from its environment besides what every service does.
struct DispatchSettings: Sendable {
    let linkSecret: String
    /// `MENDLOOP_DAY_PLAN_MILLISECONDS`: how long a branch's day is thought about at a time, 0…60000; 500 by default. 0:
    /// days are not planned, and every visit stays where it was put.
    var dayPlanMilliseconds = 500

    init(linkSecret: String) { self.linkSecret = linkSecret }

    init(_ service: ServiceSettings, settings: Settings = Settings()) throws(SettingsError) {
        linkSecret = service.linkSecret
        dayPlanMilliseconds = try settings.integer("MENDLOOP_DAY_PLAN_MILLISECONDS", in: 0...60_000, default: 500)
    }
}
