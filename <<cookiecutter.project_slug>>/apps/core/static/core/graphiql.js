// Starts GraphiQL (../graphiql/) in the page's one element, which says where to ask.
const place = document.getElementById("graphiql");
// With it, the security policy lets the styles of dialogs in.
window.__webpack_nonce__ = place.dataset.nonce;
const fetcher = GraphiQL.createFetcher({ url: place.dataset.url });
const start = `# Log in first, and write this under Headers:
#   {"Authorization": "Bearer <access token>"}
{
  me {
    email
  }
}
`;

ReactDOM.createRoot(place).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: start,
    defaultEditorToolsVisibility: "headers",
    isHeadersEditorEnabled: true,
  }),
);
