import DomainContracts
import Foundation
import ServiceKit

extension StockBooking {
    /// Pieces come in from a vendor.
    mutating func receive(
        _ pieces: Int, of partCode: String, name: String?, worth: Int, at location: String, receipt: UUID,
        _ turn: inout Turn
    ) {
        var part = part(partCode, &turn)
        if let name, !name.isEmpty { part.name = name }
        part.add(pieces, worth: worth)
        part.isStored(at: location)
        keep(part, &turn)
        var item = item(location, partCode, &turn)
        item.add(pieces)
        keep(item, &turn)
        note(.received, receipt, part: partCode, at: location, pieces: pieces, worth: worth, for: nil)
    }

    /// Pieces move from one place to another, and their value with them.
    mutating func transfer(
        _ pieces: Int, of partCode: String, from: String, to: String, reserved: Bool, cause: StockMovementCause,
        causeId: UUID, for workOrderId: UUID, _ turn: inout Turn
    ) {
        let worth = part(partCode, &turn).value(of: pieces)
        var source = item(from, partCode, &turn)
        if reserved { source.withdraw(pieces) } else { _ = source.remove(pieces) }
        keep(source, &turn)
        var target = item(to, partCode, &turn)
        target.add(pieces)
        keep(target, &turn)
        note(cause, causeId, part: partCode, at: from, pieces: -pieces, worth: -worth, for: workOrderId)
        note(cause, causeId, part: partCode, at: to, pieces: pieces, worth: worth, for: workOrderId)
    }

    /// What is in somebody's hands is there, whatever the book says: books the pieces that a place lacks.
    mutating func ensure(
        _ pieces: Int, of partCode: String, at location: String, causeId: UUID, for workOrderId: UUID,
        _ turn: inout Turn
    ) {
        var item = item(location, partCode, &turn)
        let missing = pieces - item.available
        guard missing > 0 else { return }
        var part = part(partCode, &turn)
        let worth =
            part.quantity > 0
            ? divideHalfEven(part.value * missing, by: part.quantity) : part.lastUnitCost * missing
        part.add(missing, worth: worth)
        keep(part, &turn)
        item.add(missing)
        keep(item, &turn)
        note(.adjusted, causeId, part: partCode, at: location, pieces: missing, worth: worth, for: workOrderId)
    }

    /// Pieces leave for good: used up, or scrapped.
    mutating func leave(
        _ pieces: Int, of partCode: String, at location: String, cause: StockMovementCause, causeId: UUID,
        for workOrderId: UUID, _ turn: inout Turn
    ) {
        ensure(pieces, of: partCode, at: location, causeId: causeId, for: workOrderId, &turn)
        var part = part(partCode, &turn)
        let worth = part.remove(pieces)
        keep(part, &turn)
        var item = item(location, partCode, &turn)
        _ = item.remove(pieces)
        keep(item, &turn)
        note(cause, causeId, part: partCode, at: location, pieces: -pieces, worth: -worth, for: workOrderId)
    }
}
