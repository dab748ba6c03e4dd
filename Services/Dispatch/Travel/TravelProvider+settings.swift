import Dispatching
import Foundation
import ServiceKit

extension TravelProvider {
    /// What the environment asks for: `MENDLOOP_TRAVEL` (`estimate`, `matrix:<path>` or `osrm:<URL>`), and
    /// `MENDLOOP_TRAVEL_UTC_OFFSET_MINUTES`, by which rush hours are reckoned.
    ///
    /// - Throws: `SettingsError`, or ``TravelMatrixError`` with the line that is wrong.
    convenience init(settings: Settings) throws {
        let offset = try settings.integer(
            "MENDLOOP_TRAVEL_UTC_OFFSET_MINUTES", in: -720...840, default: SpeedProfile.chinaOffsetMinutes)
        let profile = SpeedProfile.standard(utcOffsetMinutes: offset)
        switch try TravelSource(settings: settings) {
        case .estimate: self.init(TravelTimes(profile))
        case .matrix(let path): self.init(TravelTimes(profile, known: try TravelMatrixFile.read(path)))
        case .osrm(let base): self.init(TravelTimes(profile), service: OSRMService(base: base))
        }
    }
}

/// Where travel times come from.
enum TravelSource: Equatable {
    case estimate
    /// Path of a file of ways.
    case matrix(String)
    /// URL of a road service, without a slash at its end.
    case osrm(String)

    /// - Throws: `SettingsError`.
    init(settings: Settings) throws(SettingsError) {
        let name = "MENDLOOP_TRAVEL"
        let expected = "estimate, matrix:<path> or osrm:<http:// or https:// URL>"
        guard let text = try settings.optionalString(name) else {
            self = .estimate
            return
        }
        guard let source = Self(text) else {
            // A URL may hold a password.
            throw .invalid(name: name, value: text.contains("@") ? nil : text, expected: expected)
        }
        self = source
    }

    private init?(_ text: String) {
        if text == "estimate" {
            self = .estimate
        } else if text.hasPrefix("matrix:"), text.count > 7 {
            self = .matrix(String(text.dropFirst(7)))
        } else if text.hasPrefix("osrm:"), let base = Self.base(String(text.dropFirst(5))) {
            self = .osrm(base)
        } else {
            return nil
        }
    }

    private static func base(_ text: String) -> String? {
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false,
            url.query() == nil, url.fragment() == nil
        else { return nil }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
