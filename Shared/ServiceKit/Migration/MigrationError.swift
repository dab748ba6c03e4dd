/// Why a schema was not migrated. Nothing of the migration that an error names has been applied.
public enum MigrationError: Error, Equatable, CustomStringConvertible {
    /// Not `V0001_name.sql` or `K0001_name.sql`.
    case badFileName(String)
    /// The versions of a series are not 1, 2, 3, …; names the first that is missing or given twice.
    case brokenSequence(expected: String, found: String)
    /// The file is not UTF-8.
    case notText(migration: String)
    /// A migration that has been applied was edited, or another one of its number was applied.
    case edited(migration: String, applied: String)
    /// The database has migrations that this binary does not know: an older binary than the one that migrated last.
    case ahead(schema: String, applied: String, known: String)
    /// The database lacks migrations that this binary needs: `migrate` has not run.
    case behind(schema: String, applied: String, known: String)
    /// The file destroys data or what running copies use, and does not say why it may.
    case destructive(migration: String, statement: String)
    /// The file has a table written anew, whatever its size, under a lock that nobody reads past, and does not say why it may.
    case rewriting(migration: String, statement: String)
    /// The file begins or ends transactions; each migration is one already.
    case transactionControl(migration: String, statement: String)
    /// PostgreSQL refused one of its statements.
    case failed(migration: String, reason: String)
    /// The schema does not exist or the role may not use it; it is made where roles are made.
    case schemaMissing(String)

    public var description: String {
        switch self {
        case .badFileName(let file):
            "“\(file)” is no migration: expected V0001_name.sql (a service's) or K0001_name.sql (the kit's)"
        case .brokenSequence(let expected, let found):
            "migrations have to be numbered without a gap: expected \(expected), found \(found)"
        case .notText(let migration):
            "\(migration) is not UTF-8 text"
        case .edited(let migration, let applied):
            "\(migration) differs from what was applied as \(applied): a migration that was applied is never edited; "
                + "write a new one"
        case .ahead(let schema, let applied, let known):
            "schema “\(schema)” is at \(applied), ahead of this binary, which knows \(known): run a newer binary"
        case .behind(let schema, let applied, let known):
            "schema “\(schema)” is at \(applied), this binary needs \(known): run migrate"
        case .destructive(let migration, let statement):
            "\(migration) has “\(statement)”, which destroys what running copies may use; if no copy does any more, say "
                + "so in the file: -- contract-step: <reason>"
        case .rewriting(let migration, let statement):
            "\(migration) has “\(statement)”, which writes every row of the table anew while nobody can read it: index the "
                + "expression, or add a plain column and fill it in portions; if the table is small wherever it is, say so "
                + "in the file: -- rewrites-table: <reason>"
        case .transactionControl(let migration, let statement):
            "\(migration) has “\(statement)”; a migration is one transaction already"
        case .failed(let migration, let reason):
            "\(migration) failed and was rolled back: \(reason)"
        case .schemaMissing(let schema):
            "schema “\(schema)” does not exist, or this role may not create tables in it"
        }
    }
}
