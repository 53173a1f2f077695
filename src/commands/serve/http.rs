//! The preview over HTTP. What it answers is made by the library; here are only who may ask, and how.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, Request as HttpRequest, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use engross::model::Date;
use engross::preview::{Answer, Request};
use serde::Deserialize;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt as _};

use super::Shared;
use crate::commands::CannotRun;

/// Answers requests until the program is ended.
pub(super) fn serve(listener: TcpListener, shared: Arc<Shared>) -> Result<u8, CannotRun> {
    let failed = |error: std::io::Error| CannotRun(format!("cannot serve: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let routes = Router::new()
        .route("/_engross/events", get(events))
        .route("/_engross/day", post(day))
        .fallback(page)
        .layer(middleware::from_fn_with_state(shared.clone(), known))
        .with_state(shared);
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        axum::serve(listener, routes).await.map_err(failed)
    })?;
    Ok(super::super::DONE)
}

/// Refuses whoever comes under a foreign name, or from a page of another site with more than a look.
async fn known(
    State(shared): State<Arc<Shared>>,
    request: HttpRequest<Body>,
    next: Next,
) -> Response {
    // One name for one request (RFC 9112, section 3.2).
    if request.headers().get_all(header::HOST).iter().count() > 1 {
        return response(Answer::refused(400, "this request names several hosts"));
    }
    let named = request.uri().authority().map(Authority::as_str);
    let host = named.or_else(|| text(request.headers(), header::HOST));
    let Some(host) = host.filter(|host| shared.hosts.know(host)) else {
        let why = "this preview is not known by that name; open it at localhost";
        return response(Answer::refused(403, why));
    };
    let own = format!("http://{host}");
    if text(request.headers(), header::ORIGIN).is_some_and(|origin| origin != own) {
        return response(Answer::refused(403, "this request comes from another site"));
    }
    next.run(request).await
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// A page of the site, or a file.
async fn page(State(shared): State<Arc<Shared>>, request: HttpRequest<Body>) -> Response {
    let method = request.method().clone();
    if method != Method::GET && method != Method::HEAD {
        let mut refused = response(Answer::refused(405, "only GET and HEAD are answered"));
        let allowed = HeaderValue::from_static("GET, HEAD");
        refused.headers_mut().insert(header::ALLOW, allowed);
        return refused;
    }
    let accepts = text(request.headers(), header::ACCEPT).unwrap_or_default();
    let wants_page = accepts.contains("text/html");
    let (path, query) = (
        request.uri().path().to_owned(),
        request.uri().query().unwrap_or_default().to_owned(),
    );
    let make = move || {
        shared.read().answer(Request {
            path: &path,
            query: &query,
            wants_page,
        })
    };
    // Making a page takes milliseconds, and others wait for news in the meantime.
    match tokio::task::spawn_blocking(make).await {
        Ok(answer) => response(answer),
        Err(_) => response(Answer::refused(500, "this page could not be made")),
    }
}

/// The server takes the body away where only the headers were asked for.
fn response(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, answer.body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    for (name, value) in answer.headers {
        let name = header::HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&value)) {
            headers.append(name, value);
        }
    }
    response
}

#[derive(Deserialize)]
struct After {
    after: u64,
}

/// Tells a page of every generation that is newer than its own, also of one that came before it asked.
async fn events(
    State(shared): State<Arc<Shared>>,
    Query(After { after }): Query<After>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let newer = WatchStream::new(shared.generation.subscribe())
        .filter(move |generation| *generation > after)
        .map(|generation| {
            let event = Event::default().event("generation");
            Ok(event.data(generation.to_string()))
        });
    Sse::new(newer).keep_alive(KeepAlive::default())
}

#[derive(Deserialize)]
struct Day {
    /// A day, or nothing for today.
    day: String,
}

/// Looks at the site on another day.
async fn day(State(shared): State<Arc<Shared>>, Query(Day { day }): Query<Day>) -> Response {
    let day: Option<Date> = match day.as_str() {
        "" => None,
        day => match day.parse() {
            Ok(day) => Some(day),
            Err(_) => return response(Answer::refused(400, "this is not a day")),
        },
    };
    let change = move || shared.change(|preview| preview.set_day(day));
    match tokio::task::spawn_blocking(change).await {
        Ok(()) => response(Answer::refused(200, "done")),
        Err(_) => response(Answer::refused(500, "this day could not be shown")),
    }
}
