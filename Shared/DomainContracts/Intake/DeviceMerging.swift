import FoundationEssentials

/// Says that two records are of one device: labels, plans, orders and history of the first lead to the second from now on.
/// Nothing is lost: `unmerge-devices` takes it back.
public struct MergeDevices: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "merge-devices"

    public var deviceId: UUID
    /// The record that stands for both; not merged itself.
    public var intoDeviceId: UUID
    /// Two customers have them: it is merged all the same. Nil as no.
    public var acrossCustomers: Bool?
    public var reason: String?

    public init(deviceId: UUID, intoDeviceId: UUID, acrossCustomers: Bool? = nil, reason: String? = nil) {
        self.deviceId = deviceId
        self.intoDeviceId = intoDeviceId
        self.acrossCustomers = acrossCustomers
        self.reason = reason
    }
}

/// Takes a merge back: what was the device's before is its again; what was reported meanwhile stays with the other.
public struct UnmergeDevices: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "unmerge-devices"

    /// The device that was merged into another.
    public var deviceId: UUID
    public var reason: String?

    public init(deviceId: UUID, reason: String? = nil) {
        self.deviceId = deviceId
        self.reason = reason
    }
}
