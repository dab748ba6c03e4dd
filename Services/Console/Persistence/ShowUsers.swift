import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Who may sign in, by login.
struct ShowUsers: QueryHandler {
    func answer(_ query: UsersQuery, on connection: PostgresConnection) async throws -> UsersAnswer {
        let limit = try PageSize.of(query.limit, most: 200, usual: 50)
        let login = try PageCursor.text(query.login, "/data/login")?.lowercased()
        let behind = try PageCursor.text(query.cursor, "/data/cursor")
        let rows = try await connection.query(
            """
            SELECT version, state FROM door_user
            WHERE (\(login)::text IS NULL OR login = \(login)) AND (\(behind)::text IS NULL OR login > \(behind))
            ORDER BY login LIMIT \(limit + 1)
            """)
        let users = try rows.prefix(limit).map { row in
            let user = try row.get("state", as: JSONB.self).decode(User.self, decoder: WireJSON.decoder())
            return UserState(
                userId: user.userId, login: user.login, name: user.name, roles: user.roles,
                engineerId: user.engineerId, customerId: user.customerId, regionCodes: user.regionCodes,
                status: user.status, mustChangePassword: user.mustChangePassword, version: try row.get("version"))
        }
        return UsersAnswer(users: users, cursor: rows.count > limit ? users.last?.login : nil)
    }
}
