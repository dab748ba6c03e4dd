import Foundation

/// Finds the route of a request.
struct Router: Sendable {
    let routes: [Route]

    init(_ routes: [Route]) { self.routes = routes }

    /// The route, and what stands in the places of its path's parameters.
    func route(_ exchange: Exchange) throws(DoorRefusal) -> (route: Route, parameters: [String: String]) {
        var methods: [String] = []
        for route in routes {
            guard let parameters = route.parameters(of: exchange.path) else { continue }
            if route.method == exchange.method { return (route, parameters) }
            methods.append(route.method)
        }
        throw methods.isEmpty ? .notFound : .wrongMethod(allowed: methods)
    }
}

extension Route {
    /// Nil where a path is another.
    fileprivate func parameters(of path: [String]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, part) in zip(segments, path) {
            if segment.hasPrefix("{") {
                parameters[String(segment.dropFirst().dropLast())] = part
            } else if segment != part {
                return nil
            }
        }
        return parameters
    }
}
