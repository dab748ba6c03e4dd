/// A transaction that failed at one of its own statements. What the body throws comes out as it is.
public enum TransactionFailure: Error, Sendable {
    /// `BEGIN` failed: the body did not run.
    case begin(PostgresError)
    /// The body threw and `ROLLBACK` failed too. The session is thrown away, so nothing of the body remains.
    case rollback(body: any Error, PostgresError)
    /// `COMMIT` failed. With a connection fault, whether the transaction took effect is unknown.
    case commit(PostgresError)

    public var postgresError: PostgresError {
        switch self {
        case .begin(let error), .rollback(_, let error), .commit(let error): error
        }
    }

    public var isTransientDependencyFault: Bool { postgresError.isTransientDependencyFault }
    public var isRetryableConflict: Bool { postgresError.isRetryableConflict }
}

extension PostgresError {
    /// The PostgreSQL error that `error` is or carries, if any: one look for a catch that only asks whether the
    /// database is at fault.
    public init?(causeOf error: any Error) {
        switch error {
        case let error as PostgresError:
            self = error
        case TransactionFailure.rollback(let body, let rollback):
            self = PostgresError(causeOf: body) ?? rollback
        case let failure as TransactionFailure:
            self = failure.postgresError
        default:
            return nil
        }
    }
}
