import DomainContracts

/// The pieces of one part at one location.
struct StockItem: Codable, Sendable, Equatable {
    let locationCode: String
    let partCode: String
    /// Pieces there, reserved ones included; never below zero.
    private(set) var onHand = 0
    /// Pieces set aside for requests; never above `onHand`.
    private(set) var reserved = 0

    init(locationCode: String, partCode: String) {
        self.locationCode = locationCode
        self.partCode = partCode
    }

    var available: Int { onHand - reserved }

    mutating func add(_ pieces: Int) { onHand += pieces }

    /// Takes unreserved pieces away, as many as there are.
    ///
    /// - Returns: how many were missing.
    mutating func remove(_ pieces: Int) -> Int {
        let taken = min(pieces, available)
        onHand -= taken
        return pieces - taken
    }

    /// Sets pieces aside, as many as are free.
    ///
    /// - Returns: how many.
    mutating func reserve(upTo pieces: Int) -> Int {
        let taken = max(0, min(pieces, available))
        reserved += taken
        return taken
    }

    /// Gives reserved pieces free again.
    mutating func release(_ pieces: Int) { reserved -= min(pieces, reserved) }

    /// Takes reserved pieces away.
    mutating func withdraw(_ pieces: Int) {
        release(pieces)
        onHand -= min(pieces, onHand)
    }
}
