import DomainContracts
import FoundationEssentials

/// What devices of one brand and model have in common 产品型号.
struct ProductModel: Codable, Sendable, Equatable {
    let id: UUID
    let brand: String?
    let model: String
    var name: String?
    var category: String?
    /// Months of warranty from installation, else from purchase.
    var warrantyMonths: Int?
    var billOfMaterials: [BillOfMaterialsLine]

    /// The last day of the warranty of a device of this model; nil when that cannot be said.
    func warrantyEnd(purchasedOn: String?, installedOn: String?) -> String? {
        guard let warrantyMonths, let first = (installedOn ?? purchasedOn).flatMap({ CalendarDay($0) }) else {
            return nil
        }
        return CalendarDay(number: first.adding(months: warrantyMonths).number - 1).text
    }
}
