import DomainContracts
import FoundationEssentials

/// One line of a part request. Its quantities say all; `reserved` is what is set aside now and not yet issued.
struct PartRequestLine: Codable, Sendable, Equatable {
    /// Pieces set aside at one depot, or come from it.
    struct Allocation: Codable, Sendable, Equatable {
        let locationCode: String
        var quantity: Int
    }

    let lineId: UUID
    let partCode: String
    let requested: Int
    var isApproved = false
    private(set) var allocations: [Allocation] = []
    private(set) var issued = 0
    private(set) var consumed = 0
    private(set) var returned = 0
    /// Given up before they were issued.
    private(set) var releasedUnissued = 0
    /// Written off to the van after they were issued.
    private(set) var releasedInVan = 0
    /// What is in the van, by the depots it came from and goes back to, in the order in which it was issued; nil on
    /// lines that were issued before it was kept.
    private(set) var origins: [Allocation]?
    /// The one depot of such a line.
    private(set) var issuedFrom: String?

    init(lineId: UUID, partCode: String, requested: Int) {
        self.lineId = lineId
        self.partCode = partCode
        self.requested = requested
    }

    var approved: Int { isApproved ? requested : 0 }
    var reserved: Int { allocations.reduce(0) { $0 + $1.quantity } }
    var released: Int { releasedUnissued + releasedInVan }
    /// Approved pieces that no stock could be found for.
    var backordered: Int { max(0, approved - reserved - issued - releasedUnissued) }
    /// Issued pieces that are still the request's.
    var inVan: Int { issued - consumed - returned - releasedInVan }
    /// The most that may come back of it: what was written off to the van lies there still, unless the van has used it.
    var returnable: Int { inVan + releasedInVan }
    /// Pieces that are still to be had or to be accounted for.
    var open: Int { requested - consumed - returned - released }

    mutating func allocate(_ pieces: Int, at location: String) { Self.add(pieces, at: location, to: &allocations) }

    mutating func issueAll() { _ = handOut(upTo: reserved) }

    /// Issues pieces that are set aside.
    ///
    /// - Returns: how many, from where.
    private mutating func handOut(upTo pieces: Int) -> [Allocation] {
        let taken = Self.take(pieces, from: &allocations)
        var origins = origins ?? []
        for allocation in taken {
            issued += allocation.quantity
            Self.add(allocation.quantity, at: allocation.locationCode, to: &origins)
        }
        self.origins = origins
        return taken
    }

    /// Counts a use to the line: of what was issued for it first, then of what is set aside for it.
    mutating func consume(_ pieces: Int) -> PartRequest.Use {
        let fromVan = max(0, min(pieces, inVan))
        let handedOut = handOut(upTo: pieces - fromVan)
        let counted = fromVan + handedOut.reduce(0) { $0 + $1.quantity }
        consumed += counted
        _ = takeOrigins(counted)
        return PartRequest.Use(fromVan: fromVan, handedOut: handedOut)
    }

    /// Counts a return: of what the request still has in the van first, then of what was written off to it.
    ///
    /// - Returns: how many pieces go to which depot.
    mutating func takeBack(_ pieces: Int) -> [Allocation] {
        let own = max(0, min(pieces, inVan))
        let writtenOff = max(0, min(pieces - own, releasedInVan))
        returned += own + writtenOff
        releasedInVan -= writtenOff
        return takeOrigins(own + writtenOff)
    }

    private mutating func takeOrigins(_ pieces: Int) -> [Allocation] {
        var known = origins ?? []
        var taken = Self.take(pieces, from: &known)
        if origins != nil { origins = known }
        let missing = pieces - taken.reduce(0) { $0 + $1.quantity }
        Self.add(missing, at: issuedFrom ?? "depot/main", to: &taken)
        return taken
    }

    private static func add(_ pieces: Int, at location: String, to places: inout [Allocation]) {
        guard pieces > 0 else { return }
        if let index = places.firstIndex(where: { $0.locationCode == location }) {
            places[index].quantity += pieces
        } else {
            places.append(Allocation(locationCode: location, quantity: pieces))
        }
    }

    /// Takes pieces away, the first place's first, as many as there are.
    private static func take(_ pieces: Int, from places: inout [Allocation]) -> [Allocation] {
        var left = pieces
        var taken: [Allocation] = []
        for index in places.indices where left > 0 {
            let quantity = min(left, places[index].quantity)
            places[index].quantity -= quantity
            left -= quantity
            add(quantity, at: places[index].locationCode, to: &taken)
        }
        places.removeAll { $0.quantity == 0 }
        return taken
    }

    /// Gives up what is not issued.
    mutating func releaseUnissued() {
        allocations = []
        releasedUnissued = requested - issued
    }

    /// Leaves what is still in the van to the van.
    mutating func releaseInVan() { releasedInVan += inVan }

    var wire: PartRequestLineState {
        PartRequestLineState(
            lineId: lineId, partCode: partCode, requested: requested, approved: approved, reserved: reserved,
            issued: issued, consumed: consumed, returned: returned, released: released)
    }
}
