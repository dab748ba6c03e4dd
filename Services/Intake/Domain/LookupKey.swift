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

    static func device(_ reported: ReportedDevice?) -> [String] {
        guard let reported else { return [] }
        return [
            reported.code.map { "code:\(Device.normalised($0))" },
            reported.serialNumber.map { "serial:\(Device.normalised($0))" },
        ].compactMap { $0 }
    }

    static func contracts(customerNumber: String?, serialNumber: String?) -> [String] {
        [customerNumber.map { "customer:\($0)" }, serialNumber.map { "serial:\(Device.normalised($0))" }]
            .compactMap { $0 }
    }
}
