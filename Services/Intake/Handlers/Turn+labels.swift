import DomainContracts
import Foundation
import ServiceKit

/// Devices by what is printed on them. A code is one device's; a serial number is unique among those of its brand.
extension Turn {
    /// Lets a device be found by its labels. A serial number that another one has too leads to that one, and says that it is not the
    /// only one.
    mutating func holdLabels(of device: Device) {
        for key in device.keys {
            let id = IntakeID.lookup(key)
            var others = get(LookupEntry.self, id)?.alsoTargets ?? []
            if let holder = holder(ofDeviceKey: key) {
                if holder.id == device.id || others.contains(device.id) { continue }
                others.append(device.id)
            } else {
                hold(key, device.id)
                others.removeAll { $0 == device.id }
            }
            guard !others.isEmpty, var entry = get(LookupEntry.self, id) else { continue }
            entry.alsoTargets = others.suffix(LookupEntry.mostOthers)
            set(entry, id)
        }
    }

    /// The device that somebody names by its labels; nil where we know none.
    ///
    /// - Parameter pointer: where he says the serial number.
    /// - Throws: when devices of several brands have the serial number and no brand is said.
    mutating func device(
        code: String?, serialNumber: String?, brand: String?, at pointer: String
    ) throws(Refusal) -> Device? {
        if let code, let known = get(LookupEntry.self, IntakeID.lookup("code:\(Device.normalised(code))"))?.target,
            let device = get(Device.self, known)
        {
            return device
        }
        guard let serialNumber else { return nil }
        if let brand {
            let key = "serial:\(Device.normalised(serialNumber))@\(Device.normalised(brand))"
            if let device = holder(ofDeviceKey: key) { return device }
        }
        let fitting = devices(ofSerial: serialNumber).filter { $0.isOf(brand) }
        guard Set(fitting.map { survivor(ofDevice: $0.id) }).count <= 1 else {
            let brands = fitting.map { $0.brand ?? "no brand" }.joined(separator: ", ")
            throw .invalid(pointer, "ambiguous-serial", "the brand too: devices of \(brands) have this serial number")
        }
        return fitting.first
    }

    /// Those that have a serial number today, whatever their brand.
    mutating func devices(ofSerial serialNumber: String) -> [Device] {
        let key = "serial:\(Device.normalised(serialNumber))"
        guard let entry = get(LookupEntry.self, IntakeID.lookup(key)) else { return [] }
        // All are asked for before any is looked at: what is not loaded yet is loaded at once.
        let devices = ([entry.target] + (entry.alsoTargets ?? [])).map { get(Device.self, $0) }
        return devices.compactMap { $0 }.filter { $0.keys.contains(key) }
    }
}
