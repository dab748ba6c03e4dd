import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// The engineer's own visit, or why he may not act on it.
    mutating func visit(_ id: UUID, of engineerId: UUID) throws(Refusal) -> Visit {
        guard let visit = get(Visit.self, id) else { throw .notFound("/data/visitId", "visit") }
        guard visit.engineerId == engineerId else {
            throw .forbidden("The visit is another engineer's", pointer: "/data/engineerId")
        }
        if envelope.authtype == "engineer", let own = envelope.authid.flatMap(UUID.init(uuidString:)), own != engineerId
        {
            throw .forbidden("An engineer acts for himself only", pointer: "/data/engineerId")
        }
        return visit
    }

    /// Who acts, for the record.
    var actor: String {
        guard let type = envelope.authtype else { return envelope.source }
        return envelope.authid.map { "\(type)/\($0)" } ?? type
    }

    /// Keeps the visit and answers how it stands now.
    mutating func keep(_ visit: Visit) -> Acknowledgement {
        set(visit, visit.visitId)
        return standing(of: visit)
    }

    mutating func standing(of visit: Visit) -> Acknowledgement {
        Acknowledgement(
            subject: Visit.subject(visit.visitId), version: version(Visit.self, visit.visitId),
            status: visit.status.rawValue)
    }

    /// Takes a visit off its order's list once it is over.
    mutating func takeOffList(_ visit: Visit) {
        guard var order = get(OrderBrief.self, visit.workOrderId) else { return }
        order.close(visit.visitId)
        if visit.checkedInAt != nil { order.visitsMade = (order.visitsMade ?? 0) + 1 }
        order.note(endOf: visit)
        set(order, visit.workOrderId)
    }
}

extension Refusal {
    /// The reply to a visit's refusal.
    init(_ refusal: VisitRefusal) { self = .conflict(refusal.code, refusal.title) }

    /// Runs an act and turns its refusal into the reply's.
    static func mapping<T>(_ act: () throws(VisitRefusal) -> T) throws(Refusal) -> T {
        do throws(VisitRefusal) {
            return try act()
        } catch {
            throw Refusal(error)
        }
    }
}
