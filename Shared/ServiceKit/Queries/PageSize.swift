import DomainContracts

/// How many things a page of an answer holds.
public enum PageSize {
    /// - Parameters:
    ///   - asked: a query's `limit`.
    ///   - usual: where it names none.
    /// - Throws: a refusal when it is below 1 or above `most`.
    public static func of(_ asked: Int?, most: Int, usual: Int) throws(Refusal) -> Int {
        guard let asked else { return usual }
        guard (1...most).contains(asked) else { throw .invalid("/data/limit", "out-of-range", "from 1 to \(most)") }
        return asked
    }
}
