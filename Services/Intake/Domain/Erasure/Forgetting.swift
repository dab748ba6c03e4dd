import DomainContracts
import FoundationEssentials

// What is left of each thing once its customer is forgotten: ids, numbers, times, region codes, labels, figures.

extension Customer {
    mutating func forget(at date: Date) {
        name = nil
        erasedAt = date
    }
}

extension ContactPoint {
    mutating func forget() {
        (name, phone, phoneExtension, phoneValidUntil) = (nil, nil, nil, nil)
        (email, address, role, channelUserId) = (nil, nil, nil, nil)
        channel = Self.noChannel
    }
}

extension Site {
    mutating func forget() { (name, address, accessNotes, location) = (nil, nil, nil, nil) }
}

extension ServiceRequest {
    mutating func forget() {
        let said = report
        report = ReportRepair(
            channel: said.channel, reportedAt: said.reportedAt, faultOccurredAt: said.faultOccurredAt,
            device: said.device, serviceType: said.serviceType, serviceMode: said.serviceMode, urgency: said.urgency,
            safetyHazard: said.safetyHazard, faultCode: said.faultCode, relatedWorkOrder: said.relatedWorkOrder,
            site: said.site?.regionCode.map { ReportedSite(regionCode: $0) },
            preferredWindows: said.preferredWindows, language: said.language)
        answer = nil
    }
}
