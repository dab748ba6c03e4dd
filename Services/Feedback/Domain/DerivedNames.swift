/// The names from which ids are derived, so that a repeated message finds what the first one made.
enum DerivedNames {
    /// In the work order's id.
    static let followUp = "follow-up"

    /// In the id of what the notification is about; `occasion` tells several of one template apart.
    static func notification(_ template: Template, _ occasion: String = "") -> String {
        "notification/\(template.rawValue)/\(occasion)"
    }
}
