typealias Cells = UnsafeMutablePointer<Int32>

/// One route of a `RouteBoard`, which owns it: positions 0…count + 1 are its start, its jobs, its end.
struct RouteCells {
    var count = 0
    var load: Int32 = 0
    /// Sum of the legs.
    var length = 0
    private var room: Int
    private(set) var job: Cells
    private(set) var location: Cells
    /// Travel from this position to the next.
    private(set) var leg: Cells
    /// The earliest time to leave.
    private(set) var departure: Cells
    /// The latest time to arrive so that all that follows can be kept.
    private(set) var latest: Cells

    init(room: Int) {
        self.room = room
        (job, location, leg) = (.zeros(room), .zeros(room), .zeros(room))
        (departure, latest) = (.zeros(room), .zeros(room))
    }

    func deallocate() {
        for cells in [job, location, leg, departure, latest] { cells.deallocate() }
    }

    /// Makes room for so many positions.
    mutating func reserve(_ positions: Int) {
        guard positions > room else { return }
        var larger = RouteCells(room: max(positions, room * 2))
        (larger.count, larger.load, larger.length) = (count, load, length)
        larger.job.update(from: job, count: room)
        larger.location.update(from: location, count: room)
        larger.leg.update(from: leg, count: room)
        larger.departure.update(from: departure, count: room)
        larger.latest.update(from: latest, count: room)
        deallocate()
        self = larger
    }
}

extension Cells {
    static func zeros(_ count: Int) -> Cells {
        let cells = allocate(capacity: count)
        cells.initialize(repeating: 0, count: count)
        return cells
    }

    static func holding(_ values: [Int32]) -> Cells {
        let cells = allocate(capacity: Swift.max(1, values.count))
        cells.initialize(from: values, count: values.count)
        return cells
    }
}
