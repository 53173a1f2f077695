//! Tells Cargo to embed the default theme and the skeleton of a new site anew when a file is added to them.
fn main() {
    println!("cargo::rerun-if-changed=themes/default");
    println!("cargo::rerun-if-changed=skeleton");
}
