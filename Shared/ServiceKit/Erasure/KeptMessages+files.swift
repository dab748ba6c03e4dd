import DomainContracts
import Foundation
import Postgres

extension KeptMessages {
    /// - Throws: `Refusal` unless these are hashes, and no more than one answer has room for.
    public static func checked(_ files: [String]) throws -> [String] {
        guard files.count <= NamedFiles.most else {
            throw Refusal.invalid("/data/files", "too-many", "are at most \(NamedFiles.most)")
        }
        if let index = files.firstIndex(where: { !isHash($0) }) {
            throw Refusal.invalid("/data/files/\(index)", "format", "is SHA-256 in 64 lowercase hexadecimal digits")
        }
        return files
    }

    /// Which of these files are named by messages that wait or are dead: whoever carries them out later needs them still.
    public static func naming(_ files: [String], on connection: PostgresConnection) async throws -> [String] {
        if files.isEmpty { return [] }
        return try await connection.query(
            """
            SELECT hash FROM unnest(\(files)) AS hash WHERE EXISTS (
                SELECT FROM parked_message
                WHERE state IN ('parked', 'dead') AND position(convert_to(hash, 'UTF8') IN body) > 0)
            """
        ).map { try $0.get("hash", as: String.self) }
    }

    private static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
