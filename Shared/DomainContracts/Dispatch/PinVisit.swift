import FoundationEssentials

/// A dispatcher pins a visit that has not begun 锁定: no plan moves it or gives it to another. Or he lets plans have it
/// again, also where he chose who goes; who assigns by hand pins by that.
public struct PinVisit: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "pin-visit"

    public var assignmentId: UUID
    public var pinned: Bool
    /// The assignment's version, as `dispatch.assignments` shows it; refused when there is another by now.
    public var expectedVersion: Int?

    public init(assignmentId: UUID, pinned: Bool, expectedVersion: Int? = nil) {
        self.assignmentId = assignmentId
        self.pinned = pinned
        self.expectedVersion = expectedVersion
    }
}
