"""The older, optimised forms of AWS actions: `arn:aws:states:::<service>:<action>`.

https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from runner.integrations.aws_call import ErrorNames

from .jobs import Job

JSON = Any

PREFIX = "arn:aws:states:::"


@dataclass(frozen=True, slots=True)
class Optimised:
    """One action: botocore's service and action, how its errors are named, and the job that it starts."""

    service: str  # as `aws-sdk` names it
    action: str
    names: ErrorNames
    job: Job | None = None
    takes_token: bool = False  # `.waitForTaskToken`
    # Members that stand for others of the action behind it: the form's name, the action's, and whether
    # the action wants a list of them.
    renamed: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    # The same for the answer: the action's name, and the form's.
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def suffixes(self) -> frozenset[str]:
        """How a state may wait for it."""
        sync = {".sync"} if self.job is not None else set()
        return frozenset({"", *sync, *({".waitForTaskToken"} if self.takes_token else set())})

    def arguments(self, given: JSON) -> JSON:
        """Return the arguments of the action behind the form."""
        if not isinstance(given, dict):
            return given
        taken: dict[str, JSON] = {}
        for name, value in given.items():
            theirs, as_list = self.renamed.get(name, (name, False))
            taken[theirs] = [value] if as_list else value
        return taken

    def output(self, shown: dict[str, JSON]) -> dict[str, JSON]:
        """Return the answer as the form has it."""
        if not self.answers:
            return shown
        renamed = {self.answers.get(name, name): value for name, value in shown.items()}
        # Of the one step that was added there is one id.
        return {
            name: value[0] if name == "StepId" and isinstance(value, list) else value
            for name, value in renamed.items()
        }


def _names(prefix: str, service: str) -> ErrorNames:
    return ErrorNames(prefix, f"{service}Exception", service)


_ATHENA = _names("Athena", "AmazonAthena")
_BATCH = _names("Batch", "AWSBatch")
_BEDROCK = _names("Bedrock", "AmazonBedrock")
_BREW = _names("DataBrew", "AWSGlueDataBrew")
_BUILD = _names("CodeBuild", "AWSCodeBuild")
_DYNAMO = ErrorNames("DynamoDB", "AmazonDynamoDBException", "AmazonDynamoDBv2")
_ECS = _names("ECS", "AmazonECS")
_EKS = _names("EKS", "AmazonEKS")
_EMR = _names("ElasticMapReduce", "AmazonElasticMapReduce")
_EMR_CONTAINERS = _names("EMRContainers", "AmazonEMRContainers")
_EMR_SERVERLESS = _names("EMRServerless", "AmazonEMRServerless")
_EVENTS = ErrorNames("EventBridge", "AmazonEventBridgeException", "AmazonCloudWatchEvents")
_GLUE = _names("Glue", "AWSGlue")
_MEDIA = _names("MediaConvert", "AWSMediaConvert")
_MAKER = _names("SageMaker", "AmazonSageMaker")
_SNS = _names("SNS", "AmazonSNS")
_SQS = _names("SQS", "AmazonSQS")

_CLUSTER = {"ClusterId": ("JobFlowIds", True)}


def _maker(kind: str, *, succeeded: str = "Completed") -> Job:
    """Return SageMaker's jobs, which differ in their names alone."""
    return Job(
        describe=f"describe{kind}",
        given={f"{kind}Name": ("arguments", f"{kind}Name")},
        status=(f"{kind}Status",),
        succeeded=frozenset({succeeded}),
        failed=frozenset({"Failed", "Stopped"}),
    )


_EKS_FAILED = {
    "cluster": frozenset({"FAILED"}),
    "nodegroup": frozenset({"CREATE_FAILED", "DELETE_FAILED", "DEGRADED"}),
    "fargateProfile": frozenset({"CREATE_FAILED", "DELETE_FAILED"}),
}


def _eks(describe: str, record: str, given: Mapping[str, tuple[str, ...]], *, deletes: bool = False) -> Job:
    return Job(
        describe=describe,
        given=given,
        record=(record,),
        status=("status",),
        succeeded=frozenset() if deletes else frozenset({"ACTIVE"}),
        failed=_EKS_FAILED[record],
        gone="ResourceNotFoundException" if deletes else None,
        whole=True,
    )


_EKS_CLUSTER = {"name": ("arguments", "name")}
_EKS_GROUP = {"clusterName": ("arguments", "clusterName"), "nodegroupName": ("arguments", "nodegroupName")}
_EKS_PROFILE = {
    "clusterName": ("arguments", "clusterName"),
    "fargateProfileName": ("arguments", "fargateProfileName"),
}
_SERVERLESS_APPLICATION = {"applicationId": ("arguments", "applicationId")}


def _serverless(succeeded: str, *, of_reply: bool = False) -> Job:
    given = {"applicationId": ("reply", "applicationId")} if of_reply else _SERVERLESS_APPLICATION
    return Job(
        describe="getApplication",
        given=given,
        record=("application",),
        status=("state",),
        succeeded=frozenset({succeeded}),
        failed=frozenset({"TERMINATED"} - {succeeded}),
        whole=True,
    )


_BUILT = frozenset({"SUCCEEDED"})
_NOT_BUILT = frozenset({"FAILED", "FAULT", "TIMED_OUT", "STOPPED"})

TABLE: Mapping[str, Optimised] = {
    PREFIX + name: row
    for name, row in {
        "athena:startQueryExecution": Optimised(
            "athena", "startQueryExecution", _ATHENA,
            Job(
                "getQueryExecution", {"QueryExecutionId": ("reply", "QueryExecutionId")},
                record=("QueryExecution",), status=("Status", "State"), whole=True,
                succeeded=frozenset({"SUCCEEDED"}), failed=frozenset({"FAILED", "CANCELLED"}),
            ),
        ),
        "athena:stopQueryExecution": Optimised("athena", "stopQueryExecution", _ATHENA),
        "athena:getQueryExecution": Optimised("athena", "getQueryExecution", _ATHENA),
        "athena:getQueryResults": Optimised("athena", "getQueryResults", _ATHENA),
        "batch:submitJob": Optimised(
            "batch", "submitJob", _BATCH,
            Job(
                "describeJobs", {"jobs": ("reply", "jobId", "[]")}, record=("jobs", 0), status=("status",),
                succeeded=frozenset({"SUCCEEDED"}), failed=frozenset({"FAILED"}),
            ),
            takes_token=True,
        ),
        "bedrock:createModelCustomizationJob": Optimised(
            "bedrock", "createModelCustomizationJob", _BEDROCK,
            Job(
                "getModelCustomizationJob", {"jobIdentifier": ("reply", "jobArn")}, status=("status",),
                succeeded=frozenset({"Completed"}), failed=frozenset({"Failed", "Stopped"}),
            ),
        ),
        "codebuild:startBuild": Optimised(
            "codebuild", "startBuild", _BUILD,
            Job(
                "batchGetBuilds", {"ids": ("reply", "build", "id", "[]")}, record=("builds", 0),
                status=("buildStatus",), succeeded=_BUILT, failed=_NOT_BUILT, named="Build",
            ),
        ),
        "codebuild:stopBuild": Optimised("codebuild", "stopBuild", _BUILD),
        "codebuild:batchDeleteBuilds": Optimised("codebuild", "batchDeleteBuilds", _BUILD),
        "codebuild:batchGetReports": Optimised("codebuild", "batchGetReports", _BUILD),
        **{
            f"codebuild:{action}": Optimised(
                "codebuild", action, _BUILD,
                Job(
                    "batchGetBuildBatches", {"ids": ("reply", "buildBatch", "id", "[]")},
                    record=("buildBatches", 0), status=("buildBatchStatus",),
                    succeeded=_BUILT, failed=_NOT_BUILT, named="BuildBatch",
                ),
            )
            for action in ("startBuildBatch", "retryBuildBatch")
        },
        "codebuild:stopBuildBatch": Optimised("codebuild", "stopBuildBatch", _BUILD),
        "codebuild:deleteBuildBatch": Optimised("codebuild", "deleteBuildBatch", _BUILD),
        "databrew:startJobRun": Optimised(
            "databrew", "startJobRun", _BREW,
            Job(
                "describeJobRun", {"Name": ("arguments", "Name"), "RunId": ("reply", "RunId")},
                status=("State",), succeeded=frozenset({"SUCCEEDED"}),
                failed=frozenset({"FAILED", "STOPPED", "TIMEOUT"}),
            ),
        ),
        **{
            f"dynamodb:{action}": Optimised("dynamodb", action, _DYNAMO)
            for action in ("getItem", "putItem", "updateItem", "deleteItem")
        },
        "ecs:runTask": Optimised(
            "ecs", "runTask", _ECS,
            Job(
                "describeTasks",
                {"tasks": ("reply", "tasks", 0, "taskArn", "[]"), "cluster": ("arguments", "cluster")},
                record=("tasks", 0), status=("lastStatus",),
                succeeded=frozenset({"STOPPED"}), failed=frozenset(), exits="containers",
            ),
            takes_token=True,
        ),
        "eks:createCluster": Optimised(
            "eks", "createCluster", _EKS, _eks("describeCluster", "cluster", _EKS_CLUSTER)
        ),
        "eks:deleteCluster": Optimised(
            "eks", "deleteCluster", _EKS, _eks("describeCluster", "cluster", _EKS_CLUSTER, deletes=True)
        ),
        "eks:createNodegroup": Optimised(
            "eks", "createNodegroup", _EKS, _eks("describeNodegroup", "nodegroup", _EKS_GROUP)
        ),
        "eks:deleteNodegroup": Optimised(
            "eks", "deleteNodegroup", _EKS, _eks("describeNodegroup", "nodegroup", _EKS_GROUP, deletes=True)
        ),
        "eks:createFargateProfile": Optimised(
            "eks", "createFargateProfile", _EKS,
            _eks("describeFargateProfile", "fargateProfile", _EKS_PROFILE),
        ),
        "eks:deleteFargateProfile": Optimised(
            "eks", "deleteFargateProfile", _EKS,
            _eks("describeFargateProfile", "fargateProfile", _EKS_PROFILE, deletes=True),
        ),
        "elasticmapreduce:createCluster": Optimised(
            "emr", "runJobFlow", _EMR,
            Job(
                "describeCluster", {"ClusterId": ("reply", "JobFlowId")}, record=("Cluster",),
                status=("Status", "State"), succeeded=frozenset({"WAITING", "TERMINATED"}),
                failed=frozenset({"TERMINATED_WITH_ERRORS"}), whole=True, keeps=("ClusterId",),
            ),
            answers={"JobFlowId": "ClusterId"},
        ),
        "elasticmapreduce:terminateCluster": Optimised(
            "emr", "terminateJobFlows", _EMR,
            Job(
                "describeCluster", {"ClusterId": ("arguments", "JobFlowIds", 0)}, record=("Cluster",),
                status=("Status", "State"), succeeded=frozenset({"TERMINATED", "TERMINATED_WITH_ERRORS"}),
                failed=frozenset(), whole=True,
            ),
            renamed=_CLUSTER,
        ),
        "elasticmapreduce:addStep": Optimised(
            "emr", "addJobFlowSteps", _EMR,
            Job(
                "describeStep",
                {"ClusterId": ("arguments", "JobFlowId"), "StepId": ("reply", "StepIds", 0)},
                record=("Step",), status=("Status", "State"), succeeded=frozenset({"COMPLETED"}),
                failed=frozenset({"FAILED", "CANCELLED", "INTERRUPTED"}), whole=True, keeps=("StepId",),
            ),
            renamed={"ClusterId": ("JobFlowId", False), "Step": ("Steps", True)},
            answers={"StepIds": "StepId"},
        ),
        "elasticmapreduce:cancelStep": Optimised(
            "emr", "cancelSteps", _EMR, renamed={"StepId": ("StepIds", True)}
        ),
        "elasticmapreduce:setClusterTerminationProtection": Optimised(
            "emr", "setTerminationProtection", _EMR, renamed=_CLUSTER
        ),
        "emr-containers:createVirtualCluster": Optimised(
            "emrcontainers", "createVirtualCluster", _EMR_CONTAINERS
        ),
        "emr-containers:deleteVirtualCluster": Optimised(
            "emrcontainers", "deleteVirtualCluster", _EMR_CONTAINERS,
            Job(
                "describeVirtualCluster", {"id": ("arguments", "id")}, record=("virtualCluster",),
                status=("state",), succeeded=frozenset({"TERMINATED"}), failed=frozenset({"ARRESTED"}),
                whole=True,
            ),
        ),
        "emr-containers:startJobRun": Optimised(
            "emrcontainers", "startJobRun", _EMR_CONTAINERS,
            Job(
                "describeJobRun",
                {"virtualClusterId": ("arguments", "virtualClusterId"), "id": ("reply", "id")},
                record=("jobRun",), status=("state",), succeeded=frozenset({"COMPLETED"}),
                failed=frozenset({"FAILED", "CANCELLED"}), whole=True,
            ),
        ),
        "emr-serverless:createApplication": Optimised(
            "emrserverless", "createApplication", _EMR_SERVERLESS, _serverless("CREATED", of_reply=True)
        ),
        "emr-serverless:startApplication": Optimised(
            "emrserverless", "startApplication", _EMR_SERVERLESS, _serverless("STARTED")
        ),
        "emr-serverless:stopApplication": Optimised(
            "emrserverless", "stopApplication", _EMR_SERVERLESS, _serverless("STOPPED")
        ),
        "emr-serverless:deleteApplication": Optimised(
            "emrserverless", "deleteApplication", _EMR_SERVERLESS, _serverless("TERMINATED")
        ),
        "emr-serverless:startJobRun": Optimised(
            "emrserverless", "startJobRun", _EMR_SERVERLESS,
            Job(
                "getJobRun",
                {"applicationId": ("arguments", "applicationId"), "jobRunId": ("reply", "jobRunId")},
                record=("jobRun",), status=("state",), succeeded=frozenset({"SUCCESS"}),
                failed=frozenset({"FAILED", "CANCELLED"}), whole=True,
            ),
        ),
        "emr-serverless:cancelJobRun": Optimised(
            "emrserverless", "cancelJobRun", _EMR_SERVERLESS,
            Job(
                "getJobRun",
                {"applicationId": ("arguments", "applicationId"), "jobRunId": ("arguments", "jobRunId")},
                record=("jobRun",), status=("state",), succeeded=frozenset({"CANCELLED"}),
                failed=frozenset({"FAILED", "SUCCESS"}), whole=True,
            ),
        ),
        "events:putEvents": Optimised("eventbridge", "putEvents", _EVENTS, takes_token=True),
        "glue:startJobRun": Optimised(
            "glue", "startJobRun", _GLUE,
            Job(
                "getJobRun", {"JobName": ("arguments", "JobName"), "RunId": ("reply", "JobRunId")},
                record=("JobRun",), status=("JobRunState",), succeeded=frozenset({"SUCCEEDED"}),
                failed=frozenset({"FAILED", "STOPPED", "TIMEOUT", "ERROR", "EXPIRED"}),
            ),
        ),
        "mediaconvert:createJob": Optimised(
            "mediaconvert", "createJob", _MEDIA,
            Job(
                "getJob", {"Id": ("reply", "Job", "Id")}, record=("Job",), status=("Status",),
                succeeded=frozenset({"COMPLETE"}), failed=frozenset({"ERROR", "CANCELED"}), whole=True,
            ),
        ),
        **{
            f"sagemaker:create{kind}": Optimised("sagemaker", f"create{kind}", _MAKER, _maker(kind))
            for kind in ("HyperParameterTuningJob", "LabelingJob", "ProcessingJob", "TrainingJob")
        },
        "sagemaker:createTransformJob": Optimised(
            "sagemaker", "createTransformJob", _MAKER, _maker("TransformJob")
        ),
        **{
            f"sagemaker:{action}": Optimised("sagemaker", action, _MAKER)
            for action in ("createEndpoint", "createEndpointConfig", "createModel", "updateEndpoint")
        },
        "sns:publish": Optimised("sns", "publish", _SNS, takes_token=True),
        "sqs:sendMessage": Optimised("sqs", "sendMessage", _SQS, takes_token=True),
    }.items()
}  # fmt: skip
