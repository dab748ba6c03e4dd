/// Wire names of what every service answers alike; only the service's name differs.
public enum Operations {
    /// Routing key `<service>.dead` on the queries exchange.
    public static let dead = "dead"
    /// Routing key `<service>.story` on the queries exchange.
    public static let story = "story"
    /// Routing key `<service>.republish` on the queries exchange.
    public static let republish = "republish"
    /// Routing key `<service>.settle-dead-letters` on the commands exchange.
    public static let settleDeadLetters = "settle-dead-letters"

    public static func type(_ service: ServiceName, _ name: String) -> String {
        "mendloop.\(service.rawValue).\(name).v1"
    }
}
