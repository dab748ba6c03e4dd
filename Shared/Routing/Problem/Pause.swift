/// A break within a shift. It is begun as soon as its time has come and nothing is at hand: on the road too, or while
/// waiting; never within a job, which it comes before where it would begin too late after it. Who begins his shift later
/// than the break, or is back before it, has none.
public struct Pause: Sendable, Hashable {
    /// When it may begin.
    public var window: ClosedRange<Int32>
    public var length: Int32

    public init(window: ClosedRange<Int32>, length: Int32) {
        self.window = window
        self.length = length
    }

    /// When it is over at the earliest.
    var over: Int32 { window.lowerBound &+ length }

    /// That of a vehicle without one.
    static let none = Pause(window: .max...(.max), length: 0)
}
