// Makes a state machine, starts it, waits for it, looks into it and is refused; prints what it saw as JSON.
"use strict";

const { setTimeout: pause } = require("node:timers/promises");
const {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  paginateGetExecutionHistory,
} = require("@aws-sdk/client-sfn");

// Address, keys and region come from the environment, as for any program.
const client = new SFNClient({ disableHostPrefix: true, maxAttempts: 1 });
const [name, roleArn] = process.argv.slice(2);
const definition = JSON.stringify({
  StartAt: "Greet",
  States: { Greet: { Type: "Pass", Parameters: { "text.$": "States.Format('Grüße, {}', $.name)" }, End: true } },
});

async function made(suffix, type) {
  const machine = { name: `${name}-${suffix}`, definition, roleArn, type };
  return (await client.send(new CreateStateMachineCommand(machine))).stateMachineArn;
}

async function ended(executionArn) {
  for (;;) {
    const found = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (found.status !== "RUNNING") return found;
    await pause(20);
  }
}

async function main() {
  const input = JSON.stringify({ name: "Ada – 日本" });
  const stateMachineArn = await made("standard", "STANDARD");
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input }));
  const described = await ended(executionArn);
  const types = [];
  const asked = { client, pageSize: 2 };
  for await (const page of paginateGetExecutionHistory(asked, { executionArn })) {
    types.push(...page.events.map((event) => event.type));
  }
  const express = await made("express", "EXPRESS");
  const answered = await client.send(new StartSyncExecutionCommand({ stateMachineArn: express, input }));
  const refusal = await client
    .send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}-gone` }))
    .catch((error) => ({ name: error.name, status: error.$metadata.httpStatusCode, message: error.message }));
  console.log(
    JSON.stringify({
      status: described.status,
      output: described.output,
      isDate: described.startDate instanceof Date,
      types,
      answered: answered.output,
      refusal,
    }),
  );
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
