import DomainContracts
import Foundation

/// A report with what is known of a device, for whoever scanned its label to go on from: nothing in it says whose it is.
public struct PrefilledReport: Codable, Sendable, Equatable {
    public var device: ReportedDevice
}

/// Labels of devices, and what scanning one opens.
struct LabelDesk: Sendable {
    /// The page that a label opens, with the code behind it; empty where there is none.
    let page: String

    /// What a device's QR code says.
    func target(of code: String) -> String {
        guard !page.isEmpty else { return "urn:mendloop:device:\(code)" }
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        return page + (code.addingPercentEncoding(withAllowedCharacters: allowed) ?? code)
    }
}

extension Route {
    static func labels(_ labels: LabelDesk, _ desk: ServiceDesk, for roles: Set<Role>) -> [Route] {
        [
            label(labels, desk, for: roles),
            prefilled(desk),
        ]
    }

    /// `GET /v1/devices/{code}/label`: the label of a device that has a code, as an SVG drawing.
    private static func label(_ labels: LabelDesk, _ desk: ServiceDesk, for roles: Set<Role>) -> Route {
        Route(
            method: "GET", path: "/v1/devices/{code}/label", access: .roles(roles), scope: .shown, input: .path,
            takes: "",
            gives: Route.aDrawing, isCommand: false
        ) { call in
            let device = try await device(call, desk)
            guard try await desk.scopes.isWithin(.device(device.deviceId), try call.reach(at: roles)) else {
                throw DoorRefusal.notFound
            }
            let code = device.code ?? call.parameters["code"] ?? ""
            let name = [device.brand, device.model].compactMap { $0 }.joined(separator: " ")
            let label = DeviceLabel(
                target: labels.target(of: code),
                lines: [code, name, device.serialNumber.map { "SN \($0)" } ?? "", device.department ?? ""]
                    .filter { !$0.isEmpty })
            guard let svg = label.svg else {
                throw Problem(code: "too-large", title: "The code is too long for a label", status: 422)
            }
            return Answer(status: 200, contentType: "image/svg+xml", content: .data(Data(svg.utf8)))
        }
    }

    /// `GET /v1/devices/{code}/report`: what a report about the device begins with.
    private static func prefilled(_ desk: ServiceDesk) -> Route {
        Route(
            method: "GET", path: "/v1/devices/{code}/report", access: .everybody, scope: .open, input: .path, takes: "",
            gives: "\(PrefilledReport.self)", isCommand: false
        ) { call in
            let device = try await device(call, desk)
            return try .json(
                PrefilledReport(
                    device: ReportedDevice(
                        code: device.code ?? call.parameters["code"], model: device.model, category: device.category,
                        brand: device.brand)))
        }
    }

    private static func device(_ call: Call, _ desk: ServiceDesk) async throws -> DeviceChanged {
        let answer = try await desk.ask(DeviceQuery(code: call.parameters["code"]))
        guard answer.found, let device = answer.device else { throw DoorRefusal.notFound }
        return device
    }
}
