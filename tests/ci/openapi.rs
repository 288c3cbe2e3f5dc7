//! Checks requests against the description of an API in `OpenAPI` 3.0.

use serde_json::{Map, Value};

use super::server::Request;

/// An API, as described by its owner.
pub(super) struct Api(pub(super) Value);

/// One method of one path of an API.
struct Operation<'a> {
    template: &'a str,
    description: &'a Value,
}

impl Api {
    /// Returns the operation of a request, as method and path template, if the request matches the description;
    /// otherwise returns everything that is wrong with it.
    pub(super) fn check(&self, request: &Request) -> Result<String, Vec<String>> {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let Some(operation) = self.find(&request.method, path) else {
            return Err(vec![format!("{} {path} is not described", request.method)]);
        };
        let parameters = self.parameters(operation.description);
        let mut wrong = wrong_in_path(operation.template, path, &parameters);
        wrong.extend(wrong_in_query(query, &parameters));
        wrong.extend(self.wrong_in_body(operation.description, &request.body));
        if wrong.is_empty() { Ok(format!("{} {}", request.method, operation.template)) } else { Err(wrong) }
    }

    /// Returns the matching operation with the most literal template.
    fn find(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let method = method.to_lowercase();
        let operations = self.0["paths"].as_object().unwrap().iter().filter_map(|(template, methods)| {
            let description = methods.get(&method)?;
            fits(template, path).then_some(Operation { template, description })
        });
        operations.min_by_key(|operation| operation.template.matches('{').count())
    }

    fn parameters(&self, operation: &Value) -> Vec<Value> {
        let listed = operation["parameters"].as_array().into_iter().flatten();
        listed.map(|parameter| self.resolved(parameter)).collect()
    }

    fn wrong_in_body(&self, operation: &Value, body: &[u8]) -> Vec<String> {
        let described = &operation["requestBody"];
        if body.is_empty() {
            let required = described["required"] == true;
            return if required { vec!["the body is missing".into()] } else { Vec::new() };
        }
        let schema = self.resolved(&described["content"]["application/json"]["schema"]);
        if schema.is_null() {
            return vec!["no body is described".into()];
        }
        match serde_json::from_slice(body) {
            Ok(body) => wrong_in_value("the body", &body, &schema)
                .into_iter()
                .chain(unknown_properties(&body, &schema))
                .collect(),
            Err(error) => vec![format!("the body is not JSON: {error}")],
        }
    }

    /// Returns a part of the description with all its references resolved.
    fn resolved(&self, part: &Value) -> Value {
        if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
            return self.resolved(self.0.pointer(&reference[1..]).unwrap());
        }
        match part {
            Value::Object(entries) => {
                let resolved = entries.iter().map(|(key, value)| (key.clone(), self.resolved(value)));
                Value::Object(resolved.collect::<Map<_, _>>())
            }
            Value::Array(items) => items.iter().map(|item| self.resolved(item)).collect(),
            _ => part.clone(),
        }
    }
}

/// True if the path has the segments of the template, with anything for each `{variable}`.
fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let pairs = template.iter().zip(&path);
    template.len() == path.len() && pairs.into_iter().all(|(one, other)| is_variable(one) || one == other)
}

fn is_variable(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

fn wrong_in_path(template: &str, path: &str, parameters: &[Value]) -> Vec<String> {
    let variables = template.split('/').zip(path.split('/')).filter(|(segment, _)| is_variable(segment));
    variables
        .flat_map(|(segment, text)| {
            wrong_in_parameter("path", segment.trim_matches(['{', '}']), text, parameters)
        })
        .collect()
}

fn wrong_in_query(query: &str, parameters: &[Value]) -> Vec<String> {
    let pairs: Vec<(&str, &str)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect();
    let mut wrong: Vec<String> =
        pairs.iter().flat_map(|(name, text)| wrong_in_parameter("query", name, text, parameters)).collect();
    for parameter in parameters {
        let is_required = parameter["in"] == "query" && parameter["required"] == true;
        if is_required && !pairs.iter().any(|(name, _)| parameter["name"] == *name) {
            wrong.push(format!("{} is missing", parameter["name"]));
        }
    }
    wrong
}

fn wrong_in_parameter(place: &str, name: &str, text: &str, parameters: &[Value]) -> Vec<String> {
    let described = parameters.iter().find(|parameter| parameter["in"] == place && parameter["name"] == name);
    match described {
        Some(parameter) => wrong_in_value(name, &value_of(text, &parameter["schema"]), &parameter["schema"]),
        None => vec![format!("`{name}` is not described")],
    }
}

/// Returns the text of a parameter as a value of the type in its schema.
fn value_of(text: &str, schema: &Value) -> Value {
    let is_text = schema["type"] == "string";
    let parsed = if is_text { None } else { serde_json::from_str(text).ok() };
    parsed.unwrap_or_else(|| Value::from(text))
}

fn wrong_in_value(name: &str, value: &Value, schema: &Value) -> Vec<String> {
    let schema = jsonschema::validator_for(schema).unwrap();
    schema.iter_errors(value).map(|error| format!("{name}: {error}")).collect()
}

/// Returns the top-level properties of a body that are not in its schema, since a server ignores unknown ones.
fn unknown_properties(body: &Value, schema: &Value) -> Vec<String> {
    let names = body.as_object().into_iter().flat_map(Map::keys);
    let unknown = names.filter(|name| schema["properties"].get(name).is_none());
    unknown.map(|name| format!("the body: `{name}` is not described")).collect()
}
