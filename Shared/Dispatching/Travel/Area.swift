import DomainContracts

/// A polygon on the map, part of somebody's territory. Edges are straight in degrees, which within a city is straight enough;
/// it does not cross the 180th meridian.
public struct Area: Sendable, Equatable {
    private let corners: [Corner]

    private struct Corner: Sendable, Equatable {
        /// Millionths of a degree.
        var latitude: Int
        var longitude: Int
    }

    /// - Parameter corners: in order, either way round; what lies between the last and the first is an edge too.
    public init(_ corners: [Coordinates]) {
        self.corners = corners.map {
            Corner(latitude: Int(($0.latitude * 1e6).rounded()), longitude: Int(($0.longitude * 1e6).rounded()))
        }
    }

    /// False also where only the region is known.
    func contains(_ place: Place) -> Bool {
        guard let latitude = place.latitude, let longitude = place.longitude, var before = corners.last else {
            return false
        }
        // A ray to the east crosses the edges an odd number of times.
        var isInside = false
        for corner in corners {
            if (corner.latitude > latitude) != (before.latitude > latitude) {
                let height = before.latitude - corner.latitude
                let side =
                    (longitude - corner.longitude) * height
                    - (latitude - corner.latitude) * (before.longitude - corner.longitude)
                if (side < 0) == (height > 0) { isInside.toggle() }
            }
            before = corner
        }
        return isInside
    }
}
