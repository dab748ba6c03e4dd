import DomainContracts
import Foundation

@testable import Console

/// docs/openapi.yaml, made from console's routes, the contracts' sources and the golden examples.
struct OpenAPIDocument {
    let schemas: Schemas
    let routes: [Route]

    func rendered() throws -> String {
        """
        # Made from Services/Console, Shared/DomainContracts and Tests/DomainContractsTests/Golden; a test holds it equal to them.
        # Write it anew: MENDLOOP_WRITE_OPENAPI=1 swift test --filter OpenAPITests

        """
            + YAML.map([
                ("openapi", .text("3.1.0")), ("info", info),
                ("servers", .list([.map([("url", .text("http://127.0.0.1:8080"))])])), ("tags", tags),
                ("paths", try paths()), ("components", components),
            ]).rendered
    }

    private var info: YAML {
        .map([
            ("title", .text("Mendloop")), ("version", .text("1.0.0")),
            (
                "description",
                .text(
                    "The one HTTP door: each command and query of docs/asyncapi.yaml that people say, and what a customer may do "
                        + "without an account. Within a version changes are additive: unknown members are ignored, an absent "
                        + "member means null, enumerations are open. docs/http.md shows how to begin.")
            ),
            ("license", .map([("name", .text("Apache-2.0")), ("identifier", .text("Apache-2.0"))])),
        ])
    }

    private static func tag(_ route: Route) -> String { String(route.segments[1]) }

    private var tags: YAML {
        var seen: [String] = []
        for route in routes where !seen.contains(Self.tag(route)) { seen.append(Self.tag(route)) }
        return .list(seen.map { .map([("name", .text($0))]) })
    }

    private func paths() throws -> YAML {
        var members: [YAML.Member] = []
        for path in Set(routes.map(\.path)).sorted() {
            members.append(
                (
                    path,
                    .map(
                        try routes.filter { $0.path == path }.map { ($0.method.lowercased(), try operation($0)) })
                ))
        }
        return .map(members)
    }

    private func operation(_ route: Route) throws -> YAML {
        let name = route.segments.dropFirst().filter { !$0.hasPrefix("{") }.joined(separator: "-")
        let parameters = parameters(route)
        return .map(
            [("operationId", .text("\(route.method.lowercased())-\(name)")), ("tags", .texts([Self.tag(route)]))]
                + summary(route) + access(route) + (parameters.isEmpty ? [] : [("parameters", .list(parameters))])
                + (route.input == .body ? [("requestBody", try body(route))] : [])
                + (route.input == .file ? [("requestBody", Self.file)] : []) + [("responses", responses(route))])
    }

    private func summary(_ route: Route) -> [YAML.Member] {
        let doc = schemas.source.structures[route.takes.isEmpty ? route.gives : route.takes]?.doc
        return doc.map { [("summary", .text($0))] } ?? []
    }

    private func access(_ route: Route) -> [YAML.Member] {
        switch route.access {
        case .everybody: return [("security", .list([.map([]), .map([("bearer", .texts([]))])]))]
        case .roles(let roles):
            let names = roles.union([.admin]).map(\.rawValue).sorted()
            return [("security", .list([.map([("bearer", .texts([]))])])), ("x-roles", .texts(names))]
        }
    }

    // MARK: What goes in

    private func parameters(_ route: Route) -> [YAML] {
        var parameters = route.segments.filter { $0.hasPrefix("{") }.map { segment in
            parameter(String(segment.dropFirst().dropLast()), in: "path", isRequired: true, schemas.reference("String"))
        }
        if route.input == .query {
            for member in schemas.source.structures[route.takes]?.members ?? [] {
                parameters.append(
                    parameter(
                        member.name, in: "query", isRequired: schemas.isRequired(member),
                        schemas.reference(member.type),
                        member.doc))
            }
        }
        if route.isCommand {
            parameters += [.ref("#/components/parameters/IdempotencyKey"), .ref("#/components/parameters/Prefer")]
        }
        if route.heedsVersion { parameters.append(.ref("#/components/parameters/IfMatch")) }
        return parameters + [.ref("#/components/parameters/AcceptLanguage")]
    }

    private func parameter(
        _ name: String, in place: String, isRequired: Bool, _ schema: [YAML.Member], _ doc: String? = nil
    ) -> YAML {
        .map(
            [("name", .text(name)), ("in", .text(place)), ("required", .flag(isRequired))]
                + (doc.map { [("description", .text($0))] } ?? []) + [("schema", .map(schema))])
    }

    private static var file: YAML {
        .map([
            ("required", .flag(true)),
            ("content", .map(FileKind.taken.map { ($0, .map([("schema", bytes)])) })),
        ])
    }

    private static let bytes = YAML.map([("type", .text("string")), ("format", .text("binary"))])

    private func body(_ route: Route) throws -> YAML {
        let schema =
            route.filledIn.isEmpty
            ? YAML.ref(Schemas.pointer(route.takes)) : schemas.schema(of: route.takes, without: route.filledIn)
        let examples = try GoldenExample.all.first { $0.data == route.takes }.map { example in
            [("example", YAML.json(try canonicalData(example)))]
        }
        return .map([
            ("required", .flag(true)),
            ("content", .map([("application/json", .map([("schema", schema)] + (examples ?? [])))])),
        ])
    }

    /// The data of an example, its envelope apart.
    private func canonicalData(_ example: GoldenExample) throws -> String {
        guard case .object(let envelope) = try WireJSON.decoder().decode(JSONValue.self, from: example.bytes()),
            let data = envelope["data"]
        else { return "{}" }
        return String(decoding: try WireJSON.canonicalEncoder().encode(data), as: UTF8.self)
    }

    // MARK: What comes out

    private func responses(_ route: Route) -> YAML {
        let answer = YAML.map([
            ("description", .text(schemas.source.structures[route.gives]?.doc ?? "The answer.")),
            ("content", .map(content(of: route))),
        ])
        // A file is also given in parts.
        let part = route.gives == Route.aFile ? [("206", answer)] : []
        return .map([("200", answer)] + part + [("default", .ref("#/components/responses/Problem"))])
    }

    private func content(of route: Route) -> [YAML.Member] {
        switch route.gives {
        case Route.aFile: FileKind.taken.map { ($0, .map([("schema", Self.bytes)])) }
        case Route.aDrawing: [("image/svg+xml", .map([("schema", .map([("type", .text("string"))]))]))]
        default: [("application/json", .map([("schema", .ref(Schemas.pointer(route.gives)))]))]
        }
    }

    private var components: YAML {
        let roots =
            routes.flatMap { [$0.takes, $0.gives] }.filter { !["", Route.aFile, Route.aDrawing].contains($0) } + [
                "Problem"
            ]
        return .map([
            (
                "securitySchemes",
                .map([
                    (
                        "bearer",
                        .map([
                            ("type", .text("http")), ("scheme", .text("bearer")), ("bearerFormat", .text("JWT")),
                            ("description", .text("`sub`, `exp` and `roles`; see docs/http.md.")),
                        ])
                    )
                ])
            ),
            (
                "parameters",
                .map([
                    (
                        "IdempotencyKey",
                        parameter(
                            "Idempotency-Key", in: "header", isRequired: false,
                            [
                                ("type", .text("string")), ("pattern", .text("^[!-~]{1,200}$")),
                            ], "Names the command once for all: sent again with the same body it has no second effect.")
                    ),
                    (
                        "IfMatch",
                        parameter(
                            "If-Match", in: "header", isRequired: false,
                            [("type", .text("string")), ("pattern", .text("^\"[0-9]{1,15}\"$"))],
                            "The ETag of what was seen: 412 where it has changed since.")
                    ),
                    (
                        "Prefer",
                        parameter(
                            "Prefer", in: "header", isRequired: false, schemas.reference("String"),
                            "`wait=2`: seconds, at most 10, until what the command did can be looked up; Preference-Applied says that it can. "
                                + "Other preferences are passed over."
                        )
                    ),
                    (
                        "AcceptLanguage",
                        parameter(
                            "Accept-Language", in: "header", isRequired: false, schemas.reference("String"),
                            "zh-Hans or en: the language of problems.")
                    ),
                ])
            ),
            (
                "responses",
                .map([
                    (
                        "Problem",
                        .map([
                            ("description", .text("What is wrong, and with which member (RFC 9457).")),
                            (
                                "content",
                                .map([
                                    (
                                        "application/problem+json",
                                        .map([("schema", .ref(Schemas.pointer("Problem")))])
                                    )
                                ])
                            ),
                        ])
                    )
                ])
            ), ("schemas", .map(schemas.closure(of: roots).map { ($0, schemas.schema(of: $0)) })),
        ])
    }
}
