import DomainContracts
import Foundation
import Postgres
import ServiceKit

// What is registered, as its command would say it, with its version. Both come of one statement: what is shown is never newer than the
// version beside it, and never older.

/// Shows one customer, and how he is reached.
struct ShowCustomer: QueryHandler {
    func answer(_ query: CustomerQuery, on connection: PostgresConnection) async throws -> CustomerAnswer {
        guard query.customerId != nil || query.customerNumber != nil else {
            throw Refusal.invalid("/data/customerId", "required", "expected customerId or customerNumber")
        }
        let key = LookupKey.registered(RegisterCustomer(customerNumber: query.customerNumber?.trimmed)).first
        guard let id = try await Self.id(query, key, on: connection) else { return CustomerAnswer(found: false) }
        let rows = try await connection.query(
            """
            SELECT customer.version, customer.state, contact.state AS contact
            FROM customer LEFT JOIN contact ON contact.id = \(IntakeID.contact(of: id)) WHERE customer.id = \(id)
            """)
        guard let row = rows.first else { return CustomerAnswer(found: false) }
        let decoder = WireJSON.decoder()
        let customer = try row.get("state", as: JSONB.self).decode(Customer.self, decoder: decoder)
        let contact = try row.get("contact", as: JSONB?.self)?.decode(ContactPoint.self, decoder: decoder)
        let isHis = query.customerId != nil || customer.customerNumber == query.customerNumber?.trimmed
        guard !customer.isErased, isHis else { return CustomerAnswer(found: false) }
        return CustomerAnswer(
            found: true, version: try row.get("version"), customer: customer.registration(contact),
            mergedInto: customer.mergedInto)
    }

    /// Of a number that was corrected away it may be the one who had it before.
    private static func id(
        _ query: CustomerQuery, _ key: String?, on connection: PostgresConnection
    ) async throws -> UUID? {
        if let id = query.customerId { return id }
        guard let key else { return nil }
        let entry = IntakeID.lookup(key)
        return try await connection.query(
            "SELECT (state->>'target')::uuid AS id FROM lookup_entry WHERE id = \(entry)"
        ).first?.get("id")
    }
}

/// Shows one site.
struct ShowSite: QueryHandler {
    func answer(_ query: SiteQuery, on connection: PostgresConnection) async throws -> SiteAnswer {
        guard let (site, version) = try await registered(Site.self, query.siteId, on: connection) else {
            return SiteAnswer(found: false)
        }
        return SiteAnswer(
            found: true, version: version,
            site: RegisterSite(
                siteId: site.id, customerId: site.customerId, name: site.name, address: site.address,
                regionCode: site.regionCode, accessNotes: site.accessNotes, location: site.location))
    }
}

/// Shows one contact.
struct ShowContact: QueryHandler {
    func answer(_ query: ContactQuery, on connection: PostgresConnection) async throws -> ContactAnswer {
        guard let (contact, version) = try await registered(ContactPoint.self, query.contactId, on: connection),
            contact.id != IntakeID.contact(of: contact.customerId)
        else { return ContactAnswer(found: false) }
        return ContactAnswer(
            found: true, version: version,
            contact: RegisterContact(
                contactId: contact.id, customerId: contact.customerId, name: contact.name, phone: contact.phone,
                extension: contact.phoneExtension, email: contact.email, role: contact.role))
    }
}

/// Shows one product model.
struct ShowProductModel: QueryHandler {
    func answer(_ query: ProductModelQuery, on connection: PostgresConnection) async throws -> ProductModelAnswer {
        let id = IntakeID.productModel(brand: query.brand, model: query.model)
        guard let (model, version) = try await registered(ProductModel.self, id, on: connection) else {
            return ProductModelAnswer(found: false)
        }
        return ProductModelAnswer(
            found: true, version: version,
            productModel: RegisterProductModel(
                brand: model.brand, model: model.model, name: model.name, category: model.category,
                warrantyMonths: model.warrantyMonths, billOfMaterials: model.billOfMaterials))
    }
}

private func registered<A: Aggregate>(
    _ type: A.Type, _ id: UUID, on connection: PostgresConnection
) async throws -> (A, version: Int)? {
    let rows = try await connection.query("SELECT version, state FROM \(unsafe: A.table) WHERE id = \(id)")
    return try rows.first.map { row in
        (
            try row.get("state", as: JSONB.self).decode(A.self, decoder: WireJSON.decoder()),
            try row.get("version", as: Int.self)
        )
    }
}

extension Customer {
    /// As he would be registered again, without a site.
    ///
    /// - Parameter contact: how he himself is reached.
    func registration(_ contact: ContactPoint?) -> RegisterCustomer {
        RegisterCustomer(
            customerId: id, customerNumber: customerNumber, name: name, kind: kind, tier: tier, industry: industry,
            phone: contact?.phone, email: contact?.email, language: contact?.language)
    }
}
