import ServiceKit

extension ServiceRequest: Aggregate {
    static let table = "service_request"
    var historyStatus: String? { status.rawValue }
}

extension WorkOrder: Aggregate {
    static let table = "work_order"
    var historyStatus: String? { status.rawValue }
}

extension EntitlementDispute: Aggregate {
    static let table = "entitlement_dispute"
    var historyStatus: String? { status.rawValue }
}

extension PastServiceRecord: Aggregate {
    static let table = "past_service"
}

extension Customer: Aggregate {
    static let table = "customer"
}

extension CustomerErasure: Aggregate {
    static let table = "erasure"
    var historyStatus: String? { stage.rawValue }
}

extension ContactPoint: Aggregate {
    static let table = "contact"
}

extension Site: Aggregate {
    static let table = "site"
}

extension Device: Aggregate {
    static let table = "device"
}

extension SLABook: Aggregate {
    static let table = "sla_book"
}

extension ToldCalendars: Aggregate {
    static let table = "told_calendars"
    static let hasHistory = false
}

extension CalendarVersion: Aggregate {
    static let table = "business_calendar"
}

extension PolicyVersion: Aggregate {
    static let table = "service_level_policy"
}

extension QuestionnaireInForce: Aggregate {
    static let table = "questionnaire"
}

extension Questionnaire: Aggregate {
    static let table = "questionnaire_version"
}

extension ProductModel: Aggregate {
    static let table = "product_model"
}

extension SearchEntry: Aggregate {
    static let table = "search_entry"
    static let hasHistory = false
}

extension LookupEntry: Aggregate {
    static let table = "lookup_entry"
    static let hasHistory = false
}

extension ContractProjection: Aggregate {
    static let table = "contract"
}

extension ContractIndex: Aggregate {
    static let table = "contract_index"
}

extension MaintenancePlan: Aggregate {
    static let table = "maintenance_plan"
    var historyStatus: String? { status.rawValue }
}

extension MaintenanceOccurrence: Aggregate {
    static let table = "maintenance_occurrence"
    var historyStatus: String? { status.rawValue }
}
