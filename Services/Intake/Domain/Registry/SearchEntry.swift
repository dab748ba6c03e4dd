import DomainContracts
import FoundationEssentials

/// How one thing is found: what a search shows of it, and the tokens it stands under in the index. Written with the
/// thing itself, and only when one of these changes.
struct SearchEntry: Codable, Sendable, Equatable {
    let kind: RegistryKind
    let target: UUID
    let title: String
    let detail: String?
    let customerId: UUID?
    let deviceId: UUID?
    /// A blank between them.
    let tokens: String

    init(
        _ kind: RegistryKind, _ target: UUID, title: String, detail: [String?] = [], customerId: UUID? = nil,
        deviceId: UUID? = nil, tokens: SearchTokens
    ) {
        self.kind = kind
        self.target = target
        self.title = title
        let detail = detail.compactMap { $0 }.joined(separator: " · ")
        self.detail = detail.isEmpty ? nil : String(detail.prefix(200))
        self.customerId = customerId
        self.deviceId = deviceId
        self.tokens = tokens.text
    }
}

extension Customer {
    func searchEntry(contact: ContactPoint?) -> SearchEntry {
        var tokens = SearchTokens()
        tokens.add(name: name)
        tokens.add(label: customerNumber)
        tokens.add(phone: contact?.phone)
        tokens.add(label: contact?.email)
        let known = [customerNumber, contact?.phone, contact?.email].compactMap { $0 }
        return SearchEntry(
            .customer, id, title: name ?? known.first ?? id.text, detail: known + [industry], customerId: id,
            tokens: tokens)
    }
}

extension ContactPoint {
    /// Of somebody whom one meets on site; the customer himself is found as a customer.
    var searchEntry: SearchEntry {
        var tokens = SearchTokens()
        tokens.add(name: name)
        tokens.add(phone: phone)
        tokens.add(label: email)
        tokens.add(words: role)
        return SearchEntry(
            .contact, id, title: name ?? phone ?? id.text, detail: [role, phone, email], customerId: customerId,
            tokens: tokens)
    }
}

extension Site {
    var searchEntry: SearchEntry {
        var tokens = SearchTokens()
        tokens.add(name: name)
        tokens.add(words: address)
        tokens.add(label: regionCode)
        return SearchEntry(
            .site, id, title: name ?? address ?? regionCode ?? id.text,
            detail: [name == nil ? nil : address, regionCode],
            customerId: customerId, tokens: tokens)
    }
}

extension ProductModel {
    var searchEntry: SearchEntry {
        var tokens = SearchTokens()
        tokens.add(label: model)
        tokens.add(name: model)
        tokens.add(name: name)
        tokens.add(name: brand)
        tokens.add(words: category)
        return SearchEntry(.productModel, id, title: model, detail: [brand, name, category], tokens: tokens)
    }
}

extension Device {
    var searchEntry: SearchEntry {
        var tokens = SearchTokens()
        tokens.add(label: serialNumber)
        tokens.add(label: code)
        tokens.add(label: model)
        tokens.add(words: brand)
        tokens.add(words: category)
        tokens.add(words: department)
        tokens.add(words: faults)
        return SearchEntry(
            .device, id, title: serialNumber ?? code ?? model ?? id.text,
            detail: [serialNumber == nil ? nil : code, brand, model, category, department], customerId: customerId,
            deviceId: id, tokens: tokens)
    }
}

extension ServiceRequest {
    /// A request is found by its own number and words, and from its conversion on leads to its work order.
    var searchEntry: SearchEntry {
        var tokens = SearchTokens()
        tokens.add(label: number)
        tokens.add(label: workOrderNumber)
        tokens.add(words: report.problem)
        tokens.add(label: report.customerReference)
        return SearchEntry(
            workOrderId == nil ? .request : .workOrder, workOrderId ?? id, title: workOrderNumber ?? number,
            detail: [report.problem], customerId: customerId, deviceId: deviceId, tokens: tokens)
    }
}

extension WorkOrder {
    /// Of a rework order, which no request of its own leads to.
    var searchEntry: SearchEntry {
        var tokens = SearchTokens()
        tokens.add(label: number)
        tokens.add(words: brief.problem)
        return SearchEntry(
            .workOrder, id, title: number, detail: [brief.problem], customerId: customerId, deviceId: deviceId,
            tokens: tokens)
    }
}
