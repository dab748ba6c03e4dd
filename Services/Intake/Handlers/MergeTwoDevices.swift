import DomainContracts
import Foundation
import ServiceKit

/// Lets one record of a device stand for another one of it. Nothing of the first is changed but this: whoever looks it up is led
/// on, and unmerging takes the sign away.
struct MergeTwoDevices: CommandHandler {
    func keys(_ command: MergeDevices, _ keys: inout Keys) {
        keys.need(Device.self, [command.deviceId, command.intoDeviceId])
    }

    func decide(_ command: MergeDevices, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard var device = turn.get(Device.self, command.deviceId) else {
            throw .notFound("/data/deviceId", "device")
        }
        guard var other = turn.get(Device.self, command.intoDeviceId) else {
            throw .notFound("/data/intoDeviceId", "device")
        }
        guard turn.survivor(ofDevice: other.id) != device.id else {
            throw .invalid("/data/intoDeviceId", "same", "must be another device, and not merged into this one")
        }
        if device.mergedInto != other.id {
            for merged in [device, other] where merged.mergedInto != nil {
                throw .conflict(
                    "device-already-merged", "The device is merged into another one already",
                    detail: "\(merged.reference) is merged into \(turn.survivor(ofDevice: merged.id).text)")
            }
            guard command.acrossCustomers == true || turn.isOfOneCustomer(device, other) else {
                throw .conflict(
                    "devices-of-different-customers", "The devices belong to different customers",
                    detail: "say acrossCustomers to merge them all the same")
            }
            device.mergedInto = other.id
            other.mergedDeviceIds = (other.mergedDeviceIds ?? []) + [device.id]
            turn.keep(device)
            turn.keep(other)
        }
        return Acknowledgement(
            subject: Device.subject(device.id), version: turn.version(Device.self, device.id), status: "merged")
    }
}

/// Takes a merge back.
struct UnmergeTwoDevices: CommandHandler {
    func keys(_ command: UnmergeDevices, _ keys: inout Keys) { keys.need(Device.self, command.deviceId) }

    func decide(_ command: UnmergeDevices, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard var device = turn.get(Device.self, command.deviceId) else {
            throw .notFound("/data/deviceId", "device")
        }
        guard let into = device.mergedInto else {
            throw .conflict("device-not-merged", "The device is merged into none")
        }
        device.mergedInto = nil
        turn.keep(device)
        if var other = turn.get(Device.self, into) {
            let rest = (other.mergedDeviceIds ?? []).filter { $0 != device.id }
            other.mergedDeviceIds = rest.isEmpty ? nil : rest
            turn.keep(other)
        }
        return Acknowledgement(
            subject: Device.subject(device.id), version: turn.version(Device.self, device.id), status: "separate")
    }
}

extension Turn {
    /// Which record stands for a device: its own, or the one into which it was merged in the end.
    mutating func survivor(ofDevice device: UUID) -> UUID {
        var id = device
        while let next = get(Device.self, id)?.mergedInto { id = next }
        return id
    }

    /// A record and all for which it stands, itself first.
    mutating func records(of device: Device) -> [Device] {
        var group = [device]
        var index = 0
        while index < group.count {
            group += (group[index].mergedDeviceIds ?? []).compactMap { get(Device.self, $0) }
            index += 1
        }
        return group
    }

    fileprivate mutating func isOfOneCustomer(_ device: Device, _ other: Device) -> Bool {
        survivor(of: device.customerId) == survivor(of: other.customerId)
    }
}
