/// How a follow-up ended.
public struct FollowUpResult: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let satisfied = FollowUpResult(rawValue: "satisfied")
    public static let dissatisfied = FollowUpResult(rawValue: "dissatisfied")
    public static let unreachable = FollowUpResult(rawValue: "unreachable")
    public static let deadline = FollowUpResult(rawValue: "deadline")

    public static let known: [Self] = [.satisfied, .dissatisfied, .unreachable, .deadline]
}

/// What became of a notification.
public struct DeliveryStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let delivered = DeliveryStatus(rawValue: "delivered")
    public static let failed = DeliveryStatus(rawValue: "failed")

    public static let known: [Self] = [.delivered, .failed]
}

/// How a notification stands.
public struct NotificationStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let requested = NotificationStatus(rawValue: "requested")
    public static let delivered = NotificationStatus(rawValue: "delivered")
    public static let failed = NotificationStatus(rawValue: "failed")
    public static let unconfirmed = NotificationStatus(rawValue: "unconfirmed")

    public static let known: [Self] = [.requested, .delivered, .failed, .unconfirmed]
}
