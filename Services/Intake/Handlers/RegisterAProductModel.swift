import DomainContracts
import Foundation
import ServiceKit

/// Makes a product model known, or a new wording of it.
struct RegisterAProductModel: CommandHandler {
    func keys(_ command: RegisterProductModel, _ keys: inout Keys) {
        let (sent, _) = command.checked()
        keys.need(ProductModel.self, IntakeID.productModel(brand: sent.brand, model: sent.model))
    }

    func decide(_ command: RegisterProductModel, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let (sent, errors) = command.checked()
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let id = IntakeID.productModel(brand: sent.brand, model: sent.model)
        let known = turn.get(ProductModel.self, id)
        try turn.check(sent.expectedVersion, of: ProductModel.self, id, "product model")
        let model = ProductModel(
            id: id, brand: known?.brand ?? sent.brand, model: known?.model ?? sent.model, name: sent.name,
            category: sent.category, warrantyMonths: sent.warrantyMonths, billOfMaterials: sent.billOfMaterials)
        if model != known {
            turn.set(model, id)
            turn.emit(model.news, about: ProductModel.self, id)
            turn.index(model.searchEntry, id)
        }
        return turn.acknowledge(
            Registered(id, wasKnown: known != nil, isChanged: model != known), as: ProductModel.self)
    }
}

extension ProductModel {
    var news: ProductModelChanged {
        ProductModelChanged(
            productModelId: id, brand: brand, model: model, name: name, category: category,
            warrantyMonths: warrantyMonths, billOfMaterials: billOfMaterials)
    }
}
