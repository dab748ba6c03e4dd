/// The metadata keys that may not reach a log, because what stands under them is a person's or a secret.
///
/// A key is compared without case and separators. Whole keys are refused, and every key that ends in `phone`, `email`,
/// `password` or `token`, so `customerPhone` and `signed-link-token` are too. Log ids instead; for machines use `host`,
/// not `address`, and `queue`, `service` or `table`, not `name`. What stands in a message's text is the caller's care.
enum PersonalData {
    private static let keys: Set<String> = [
        "name", "fullname", "firstname", "lastname", "displayname", "customername", "contactname", "engineername",
        "signername", "phone", "phonenumber", "mobile", "tel", "telephone", "email", "mail", "address", "addressline",
        "street", "siteaddress", "accessnotes", "wechat", "openid", "channeluserid", "contact", "problem", "signature",
        "location", "latitude", "longitude", "payload", "body", "data", "secret", "url",
    ]
    private static let endings = ["phone", "email", "password", "token"]

    static func isPersonal(_ key: String) -> Bool {
        let plain = key.lowercased().filter { $0.isLetter || $0.isNumber }
        return keys.contains(plain) || endings.contains { plain.hasSuffix($0) }
    }
}
