// Prints the definition of a state machine that is written with the AWS CDK.
"use strict";

const { App, Duration, Stack } = require("aws-cdk-lib");
const { Template } = require("aws-cdk-lib/assertions");
const sfn = require("aws-cdk-lib/aws-stepfunctions");

const stack = new Stack(new App({ analyticsReporting: false }), "Orders");

const price = new sfn.Map(stack, "Price each item", {
  itemsPath: sfn.JsonPath.stringAt("$.items"),
  itemSelector: {
    "name.$": "$$.Map.Item.Value.name",
    "place.$": "$$.Map.Item.Index",
    "order.$": "$.order",
  },
  maxConcurrency: 2,
  resultPath: "$.priced",
}).itemProcessor(
  new sfn.Pass(stack, "Name the price", {
    parameters: { "label.$": "States.Format('{} of {}', $.name, $.order)", "place.$": "$.place" },
  }),
);

// Each item in an execution of its own.
const check = new sfn.DistributedMap(stack, "Check each item", {
  itemsPath: sfn.JsonPath.stringAt("$.priced"),
  mapExecutionType: sfn.StateMachineType.STANDARD,
  toleratedFailurePercentage: 10,
  label: "check",
  resultPath: "$.checked",
}).itemProcessor(new sfn.Pass(stack, "Look at it", { outputPath: "$.place" }));

const both = new sfn.Parallel(stack, "Pack and bill", {
  resultSelector: { "packed.$": "$[0].Packed", "billed.$": "$[1]" },
  resultPath: "$.done",
})
  .branch(
    new sfn.Wait(stack, "Let the glue dry", { time: sfn.WaitTime.duration(Duration.seconds(1)) }).next(
      new sfn.CustomState(stack, "Pack", {
        stateJson: { Type: "Pass", Result: { Packed: true } },
      }),
    ),
  )
  .branch(
    new sfn.Pass(stack, "Bill", { result: sfn.Result.fromObject({ invoice: 1 }), resultPath: "$.bill" }).next(
      new sfn.Pass(stack, "Only the bill", { outputPath: "$.bill" }),
    ),
  );

const carrier = new sfn.Parallel(stack, "Ask the carrier", { resultPath: sfn.JsonPath.DISCARD })
  .branch(new sfn.Fail(stack, "Nobody answers", { error: "Carrier.Silent", cause: "no answer" }))
  .addRetry({
    errors: ["Carrier.Silent"],
    interval: Duration.seconds(1),
    maxAttempts: 2,
    backoffRate: 1,
    jitterStrategy: sfn.JitterType.NONE,
  })
  .addCatch(
    new sfn.Pass(stack, "Ship it ourselves", {
      parameters: { "by": "bicycle", "why.$": "$.fault.Error" },
      resultPath: "$.shipped",
    }).next(new sfn.Succeed(stack, "Shipped")),
    { errors: ["States.ALL"], resultPath: "$.fault" },
  );

const definition = new sfn.Choice(stack, "Anything ordered?")
  .when(
    sfn.Condition.and(
      sfn.Condition.isPresent("$.items[0]"),
      sfn.Condition.not(sfn.Condition.stringEquals("$.order", "")),
    ),
    price.next(check).next(both).next(carrier),
  )
  .otherwise(new sfn.Fail(stack, "Nothing to do", { error: "Order.Empty", cause: "no items" }));

new sfn.StateMachine(stack, "Machine", {
  definitionBody: sfn.DefinitionBody.fromChainable(definition),
  timeout: Duration.minutes(5),
});

/** Puts a template's joined text together, as CloudFormation does. */
function text(value) {
  if (typeof value === "string") return value;
  if (value["Fn::Join"]) return value["Fn::Join"][1].map(text).join(value["Fn::Join"][0]);
  if (value.Ref === "AWS::Partition") return "aws";
  throw new Error(`a definition that needs ${JSON.stringify(value)}`);
}

const machines = Template.fromStack(stack).findResources("AWS::StepFunctions::StateMachine");
process.stdout.write(text(Object.values(machines)[0].Properties.DefinitionString));
