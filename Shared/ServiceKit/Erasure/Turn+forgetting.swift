import Foundation

extension Turn {
    /// Takes what is personal out of a thing, if it is there and has any.
    public mutating func forget<A: Aggregate & Equatable>(
        _ type: A.Type, _ id: UUID, _ change: (inout A) -> Void
    ) {
        guard let before = get(type, id) else { return }
        var thing = before
        change(&thing)
        if thing == before { return }
        set(thing, id)
        note("erased", about: type, id)
    }
}
