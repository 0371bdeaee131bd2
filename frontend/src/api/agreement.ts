/* Holds the types of this folder to the server's OpenAPI document: a field that the server does not send, or
   sends otherwise, does not compile. Nothing here runs. */
import type { OfferedAction } from "./catalog.ts";
import type { Configuration } from "./configuration.ts";
import type { CheckResult, ConnectionChange } from "./connections.ts";
import type { Review } from "./imports.ts";
import type { components } from "./schema.d.ts";
import type {
  Activity,
  Approval,
  Catalog,
  Connection,
  Diagnostic,
  Entries,
  Entry,
  Execution,
  ExecutionSummary,
  Mail,
  MapRun,
  MapRunBounds,
  Page,
  Session,
  Template,
  Token,
  Version,
  Wait,
  WaitAction,
  Workflow,
  WorkflowSummary,
} from "./types.ts";
import type { NewToken } from "./tokens.ts";
import type { Sample } from "./trying.ts";
import type { Alias, NewAlias, VersionDetail } from "./versions.ts";
import type { NewExecution, NewWorkflow, Validation, WorkflowChange } from "./workflows.ts";

type Schemas = components["schemas"];

/* What the server says as text and the screens read as one of a few words. */
type Words =
  "status" | "comment" | "kind" | "style" | "auth_type" | "rights" | "scope" | "type" | "icon" | "waiting";

/** The field names of Read that Sent lacks or sends in another type; never where they agree. */
type Differs<Sent, Read> = {
  [Name in keyof Read & string]: Name extends Words
    ? never
    : Name extends keyof Sent
      ? Agrees<Sent[Name], Read[Name]> extends true
        ? never
        : Name
      : undefined extends Read[Name]
        ? never
        : Name;
}[keyof Read & string];

/* Whether a value may be missing is left out: the schema says it loosely. */
type Agrees<Sent, Read> = unknown extends Sent | Read ? true : Same<NonNullable<Sent>, NonNullable<Read>>;

type Same<Sent, Read> = [Sent, Read] extends [readonly (infer One)[], readonly (infer Other)[]]
  ? Agrees<One, Other>
  : [Sent, Read] extends [object, object]
    ? [Differs<Sent, Read>] extends [never]
      ? true
      : false
    : [Sent] extends [Read]
      ? true
      : false;

type Agreed<Sent, Read> = [Differs<Sent, Read>] extends [never] ? true : Differs<Sent, Read>;

const agreed = <_T extends true>() => undefined;

/* What is read. */
agreed<Agreed<Schemas["Session"], Session>>();
agreed<Agreed<Schemas["WorkflowSummary"], WorkflowSummary>>();
agreed<Agreed<Schemas["Workflow"], Workflow>>();
agreed<Agreed<Schemas["PaginatedWorkflowSummaryList"], Page<WorkflowSummary>>>();
agreed<Agreed<Schemas["Version"], Version>>();
agreed<Agreed<Schemas["VersionWithDefinition"], VersionDetail>>();
agreed<Agreed<Schemas["Alias"], Alias>>();
agreed<Agreed<Schemas["Configuration"], Configuration>>();
agreed<Agreed<Schemas["Review"], Review>>();
agreed<Agreed<Schemas["OfferedAction"], OfferedAction>>();
agreed<Agreed<Schemas["Sample"], Sample>>();
agreed<Agreed<Schemas["Catalog"], Catalog>>();
agreed<Agreed<Schemas["Template"], Template>>();
agreed<Agreed<Schemas["Diagnostic"], Diagnostic>>();
agreed<Agreed<Schemas["Validated"], Validation>>();
agreed<Agreed<Schemas["ExecutionSummary"], ExecutionSummary>>();
agreed<Agreed<Schemas["Execution"], Execution>>();
agreed<Agreed<Schemas["Entry"], Entry>>();
agreed<Agreed<Schemas["EntryPage"], Entries>>();
agreed<Agreed<Schemas["Wait"], Wait>>();
agreed<Agreed<Schemas["MapRun"], MapRun>>();
agreed<Agreed<Schemas["Approval"], Approval>>();
agreed<Agreed<Schemas["Activity"], Activity>>();
agreed<Agreed<Schemas["Connection"], Connection>>();
agreed<Agreed<Schemas["Checked"], CheckResult>>();
agreed<Agreed<Schemas["Mail"], Mail>>();
agreed<Agreed<Schemas["NewToken"], Token & { token: string }>>();

/* What is sent: here it is the server that reads. */
agreed<Agreed<NewWorkflow, Schemas["NewWorkflowRequest"]>>();
agreed<Agreed<WorkflowChange, Schemas["PatchedWorkflowChangeRequest"]>>();
agreed<Agreed<NewExecution, Schemas["NewExecutionRequest"]>>();
agreed<Agreed<NewAlias, Schemas["NewAliasRequest"]>>();
agreed<Agreed<WaitAction, Schemas["ActRequest"]>>();
agreed<Agreed<MapRunBounds, Schemas["PatchedBoundsRequest"]>>();
agreed<Agreed<ConnectionChange, Schemas["PatchedConnectionRequest"]>>();
agreed<Agreed<NewToken, Schemas["TokenRequest"]>>();
