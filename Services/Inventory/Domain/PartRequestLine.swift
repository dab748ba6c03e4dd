import DomainContracts
import FoundationEssentials

/// One line of a part request. Its quantities say all; `reserved` is what is set aside now and not yet issued.
struct PartRequestLine: Codable, Sendable, Equatable {
    /// Pieces set aside at one depot.
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
    /// The depot they came from, and go back to.
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
    /// Pieces that are still to be had or to be accounted for.
    var open: Int { requested - consumed - returned - released }

    mutating func allocate(_ pieces: Int, at location: String) {
        guard pieces > 0 else { return }
        if let index = allocations.firstIndex(where: { $0.locationCode == location }) {
            allocations[index].quantity += pieces
        } else {
            allocations.append(Allocation(locationCode: location, quantity: pieces))
        }
    }

    mutating func issueAll() {
        issuedFrom = allocations.first?.locationCode ?? issuedFrom
        issued += reserved
        allocations = []
    }

    /// Counts a use to the line, as far as it was issued for it.
    ///
    /// - Returns: how many pieces counted.
    @discardableResult
    mutating func consume(_ pieces: Int) -> Int {
        let counted = max(0, min(pieces, inVan))
        consumed += counted
        return counted
    }

    mutating func takeBack(_ pieces: Int) { returned += min(pieces, inVan) }

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
