import DomainContracts

/// The keys by which customers and devices are found again, best first.
enum LookupKey {
    static func customer(_ reported: ReportedCustomer?, channel: String) -> [String] {
        guard let reported else { return [] }
        return [
            reported.customerNumber.map { "customer:\($0)" },
            reported.channelUserId.map { "channel:\(channel):\($0)" },
            reported.phone.map { "phone:\($0)" },
            reported.email.map { "email:\($0.lowercased())" },
        ].compactMap { $0 }
    }

    /// Keys of somebody who reports for a customer: they lead to the customer, and never make him him.
    static func reporter(_ reported: ReportedCustomer?, channel: String) -> [String] {
        customer(reported, channel: channel).map(reporter)
    }

    static func reporter(_ key: String) -> String { "reporter:\(key)" }

    /// Every way by which a report's sender is reached, as one key: who says another one besides has another. Nil when he says none.
    static func ways(_ report: ReportRepair) -> String? {
        let own = report.customer
        let ways = [own?.channelUserId, own?.phone, own?.email?.lowercased()]
        guard ways.contains(where: { $0 != nil }) else { return nil }
        return ([report.channel] + ways.map { $0 ?? "" }).joined(separator: "\n")
    }

    static func device(_ reported: ReportedDevice?) -> [String] {
        registered(code: reported?.code, serialNumber: reported?.serialNumber, brand: reported?.brand)
    }

    static func contracts(customerNumber: String?, serialNumber: String?) -> [String] {
        [customerNumber.map { "customer:\($0)" }, serialNumber.map { "serial:\(Device.normalised($0))" }]
            .compactMap { $0 }
    }

    /// What a registered customer is known by, best first; phone in E.164.
    static func registered(_ customer: RegisterCustomer) -> [String] {
        [
            customer.customerNumber.map { "customer:\($0)" }, customer.phone.map { "phone:\($0)" },
            customer.email.map { "email:\($0.lowercased())" },
        ].compactMap { $0 }
    }

    /// What a registered device is known by, best first: a serial number is unique among those of its brand.
    static func registered(code: String?, serialNumber: String?, brand: String?) -> [String] {
        let serial = serialNumber.map(Device.normalised)
        return [
            code.map { "code:\(Device.normalised($0))" },
            serial.flatMap { serial in brand.map { "serial:\(serial)@\(Device.normalised($0))" } },
            serial.map { "serial:\($0)" },
        ].compactMap { $0 }
    }
}
