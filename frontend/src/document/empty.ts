/** What a workflow is before anything is drawn. It stands alone, as the first page needs it and no more. */
export const EMPTY_DEFINITION = `{
  "QueryLanguage": "JSONata",
  "StartAt": "",
  "States": {}
}
`;
